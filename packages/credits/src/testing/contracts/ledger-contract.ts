import { Temporal } from '@tollgate/kernel'
import type { CreditEntry } from '../../model/entry.ts'
import { beforeEach, describe, expect, it } from 'vitest'
import { credit, type CreditsUnderTest, makeCredits } from '../builders/wallets.ts'
import type { CreditStoreSetup } from '../builders/credit-store-setup.ts'

/** What the ledger must do. */
export function ledgerContract(setup: CreditStoreSetup): void {
  describe('the ledger', () => {
    let test: CreditsUnderTest
    beforeEach(async () => {
      test = await makeCredits(setup)
      await test.credits.grant({ tenantId: 'acme', amount: '100', idempotencyKey: 'order-1' })
    })

    /** Debits 1 credit on each of the next days. */
    async function spendDaily(days: number): Promise<void> {
      for (let day = 0; day < days; day++) {
        test.clock.advance({ hours: 24 })
        await test.debit({ credits: credit(1), description: `day ${day + 1}` })
      }
    }

    it('lists entries latest first, in pages, each once', async () => {
      await spendDaily(10)
      const seen: number[] = []
      for (let after: CreditEntry | undefined, hasMore = true; hasMore;) {
        const page = await test.credits.entries({ tenantId: 'acme', first: 5, after })
        seen.push(...page.items.map(({ sequence }) => sequence))
        after = page.items.at(-1)
        hasMore = page.hasMore
      }
      expect(seen).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    })

    it('reads entries back as they were recorded', async () => {
      const [debit] = await test.debit({ credits: credit('1.25'), description: 'streamed', resourceType: 'chat_session', resourceId: 's1' })
      const { items } = await test.credits.entries({ tenantId: 'acme', first: 1 })
      expect(JSON.parse(JSON.stringify(items))).toEqual(JSON.parse(JSON.stringify([debit?.entry])))
    })

    it('knows the balance at any time, and what was consumed on each day', async () => {
      await spendDaily(4)
      const at = (text: string) => test.credits.balanceAt({ tenantId: 'acme' }, Temporal.Instant.from(text))
      expect((await at('2026-03-12T12:00:00Z'))?.toFixed()).toBe('99')
      expect((await at('2026-03-12T12:00:01Z'))?.toFixed()).toBe('98')
      expect(await at('2026-03-09T00:00:00Z')).toBeNull()
      const range = { from: Temporal.Instant.from('2026-03-11T00:00:00Z'), to: Temporal.Instant.from('2026-03-14T00:00:00Z') }
      const burned = await test.credits.burnDown({ tenantId: 'acme' }, { range, timeZone: 'UTC' })
      expect(burned.map(({ consumed, balance }) => [consumed.toFixed(), balance.toFixed()])).toEqual([
        ['1', '99'],
        ['1', '98'],
        ['1', '97'],
      ])
    })

    it('lists the entries of a period', async () => {
      await spendDaily(4)
      const range = { from: Temporal.Instant.from('2026-03-11T12:00:00Z'), to: Temporal.Instant.from('2026-03-13T12:00:00Z') }
      const { items } = await test.credits.entries({ tenantId: 'acme', range })
      expect(items.map(({ description }) => description)).toEqual(['day 2', 'day 1'])
    })

    it('adds up to the balances', async () => {
      await spendDaily(3)
      await test.credits.transfer({ tenantId: 'acme', fromCustomerId: null, toCustomerId: 'ana', amount: '5', idempotencyKey: 'move-1' })
      expect(await test.credits.verify('acme')).toEqual({ valid: true, wallets: 2, entries: 6, differences: [] })
    })

    it('is verified tenant by tenant, each once a day, and a verification resumes after the last wallet', async () => {
      for (const [tenantId, customerId] of [
        ['acme', 'ana'],
        ['acme', 'ben'],
        ['globex', null],
      ] as const) {
        await test.credits.grant({ tenantId, customerId, amount: '2', idempotencyKey: `${customerId}` })
        await test.credits.spend({ tenantId, customerId, amount: '1' })
      }
      const onDifference = (difference: object) => expect.fail(JSON.stringify(difference))
      const verify = (maxEntries?: number) => test.credits.verifyDue({ maxEntries, onDifference })
      expect([await verify(3), await verify(3), await verify(3)]).toEqual([
        { wallets: 2, entries: 3 },
        { wallets: 2, entries: 4 },
        { wallets: 0, entries: 0 },
      ])
      test.clock.advance({ hours: 25 })
      expect([await verify(), await verify(), await test.credits.differingWallets()]).toEqual([{ wallets: 4, entries: 7 }, { wallets: 0, entries: 0 }, 0])
    })

    it('lists the wallets of a tenant, its own first', async () => {
      for (const customerId of ['ben', 'ana']) await test.credits.grant({ tenantId: 'acme', customerId, amount: '1', idempotencyKey: customerId })
      const first = await test.credits.wallets({ tenantId: 'acme', first: 2 })
      const rest = await test.credits.wallets({ tenantId: 'acme', first: 2, after: first.items.at(-1)?.id })
      expect([...first.items, ...rest.items].map(({ customerId }) => customerId)).toEqual([null, 'ana', 'ben'])
    })
  })
}
