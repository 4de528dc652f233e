import { beforeEach, describe, expect, it } from 'vitest'
import type { CreditEntry } from '../../model/entry.ts'
import { balances, credit, type CreditsUnderTest, makeCredits, START } from '../builders/wallets.ts'
import type { CreditStoreSetup } from '../builders/credit-store-setup.ts'

/** How recorded usage must be debited. */
export function usageContract(setup: CreditStoreSetup): void {
  describe('recorded usage', () => {
    let test: CreditsUnderTest
    beforeEach(async () => {
      test = await makeCredits(setup)
    })

    it('without a wallet is not debited', async () => {
      expect(await test.debit({ credits: credit(1) })).toEqual([null])
    })

    it.each([
      { rule: 'customer_or_tenant' as const, tenant: '9', ana: '9' },
      { rule: 'tenant' as const, tenant: '8', ana: '10' },
      { rule: 'customer' as const, tenant: '10', ana: '9' },
    ])('debits the wallet that the rule $rule names', async ({ rule, tenant, ana }) => {
      await test.credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'tenant' })
      await test.credits.grant({ tenantId: 'acme', customerId: 'ana', amount: '10', idempotencyKey: 'ana' })
      await test.credits.setDebitRule('acme', rule)
      await test.debit({ customerId: 'ana', credits: credit(1) }, { customerId: 'ben', credits: credit(1) })
      expect([await balances(test.credits), await balances(test.credits, 'ana')]).toEqual([`${tenant} available, 0 reserved`, `${ana} available, 0 reserved`])
    })

    it('debits below zero, and says what is left after each event', async () => {
      await test.credits.grant({ tenantId: 'acme', amount: '1', idempotencyKey: 'order-1' })
      const debits = await test.debit({ credits: credit('0.75') }, { operation: 'free' }, { credits: credit('0.5') })
      expect(debits.map(debit => debit?.entry.balanceAfter.toFixed())).toEqual(['0.25', undefined, '-0.25'])
      expect(debits[2]?.entry.shares.map(({ grantId, amount }) => [grantId === null, amount.toFixed()])).toEqual([
        [false, '0.25'],
        [true, '0.25'],
      ])
    })

    it('costs what its operation costs at its time, and explains it', async () => {
      await test.credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'order-1' })
      const cost = await test.credits.setCost({ operation: 'chat_message', perCall: '0.1', perThousandTokens: { input: '1', output: '2' } })
      const usage = { tokens: { input: 500, output: 250, cacheRead: 9_000 } }
      const [debit] = await test.debit(usage)
      expect([debit?.amount.toFixed(), debit?.entry.costId]).toEqual(['1.1', cost.id])
      test.clock.advance({ hours: 1 })
      await test.credits.setCost({ operation: 'chat_message', perCall: '5' })
      const [late, current] = await test.debit({ ...usage, occurredAt: test.clock.now().subtract({ minutes: 1 }) }, usage)
      expect([late?.amount.toFixed(), current?.amount.toFixed()]).toEqual(['1.1', '5'])
      const explained = await test.credits.costOf({ operation: 'chat_message', ...usage, occurredAt: START, costId: debit?.entry.costId })
      expect(explained?.parts.map(({ basis, pool, quantity, rate, amount }) => [basis, pool, ...[quantity, rate, amount].map(part => part.toFixed())])).toEqual(
        [
          ['call', null, '1', '0.1', '0.1'],
          ['thousand_tokens', 'input', '0.5', '1', '0.5'],
          ['thousand_tokens', 'output', '0.25', '2', '0.5'],
        ],
      )
    })

    it('of a large batch has an entry for each event, found by page, time and event', async () => {
      await test.credits.setCost({ operation: 'priced_later', perUsdOfCost: '2' })
      await test.credits.grant({ tenantId: 'acme', amount: '10000', idempotencyKey: 'order-1' })
      await test.credits.spend({ tenantId: 'acme', amount: '0.5' })
      test.clock.advance({ hours: 1 })
      const usages = Array.from({ length: 130 }, (_, i) => ({
        credits: credit(i),
        occurredAt: test.clock.now().subtract({ seconds: i }),
        // All the same in the first rows, and different in the last.
        ...(i > 100 && {
          operation: `operation-${i % 3}`,
          description: i % 2 === 0 ? 'even "\\" {}' : null,
          resourceType: 'session',
          resourceId: `session-${i}`,
        }),
        // Its cost is not known yet.
        ...(i === 7 && { credits: null, operation: 'priced_later', provider: 'openai' }),
        // Ids of other versions have no time.
        ...(i % 60 === 59 && { eventId: `5f0c1a9e-0000-4000-8000-${String(i).padStart(12, '0')}` }),
      }))
      const debits = (await test.debit(...usages)).map(debit => debit?.entry)
      test.clock.advance({ hours: 1 })
      await test.credits.spend({ tenantId: 'acme', amount: '0.25' })

      // An event without credits is not debited.
      expect(debits[0]).toBeUndefined()
      const debited = usages.slice(1)
      const entries = debits.filter(entry => entry !== undefined)
      expect(entries.map(({ amount, occurredAt }) => [amount.negated().toFixed(), occurredAt.toString()])).toEqual(
        debited.map(({ credits, occurredAt }) => [(credits ?? credit(0)).toFixed(), occurredAt.toString()]),
      )
      expect(entries.slice(-2).map(({ operation, description, resourceId }) => [operation, description, resourceId])).toEqual([
        ['operation-2', 'even "\\" {}', 'session-128'],
        ['operation-0', null, 'session-129'],
      ])
      expect(entries.map(({ sequence }) => sequence)).toEqual(debited.map((_, i) => i + 3))
      let balance = credit('9999.5')
      for (const { amount, balanceAfter, consumedAfter, shares } of entries) {
        balance = balance.plus(amount)
        expect([balanceAfter.toFixed(), consumedAfter.toFixed(), (shares[0]?.amount ?? credit(0)).toFixed()]).toEqual([
          balance.toFixed(),
          credit(10_000).minus(balance).toFixed(),
          amount.negated().toFixed(),
        ])
      }

      const listed: CreditEntry[] = []
      for (let after: CreditEntry | undefined, hasMore = true; hasMore; after = listed.at(-1)) {
        const page = await test.credits.entries({ tenantId: 'acme', first: 9, after })
        listed.push(...page.items)
        hasMore = page.hasMore
      }
      expect(listed.map(({ sequence }) => sequence)).toEqual(Array.from({ length: entries.length + 3 }, (_, i) => entries.length + 3 - i))
      expect(JSON.stringify(listed.slice(1, -2).toReversed())).toBe(JSON.stringify(entries))

      const now = test.clock.now()
      const range = { from: now.subtract({ minutes: 90 }), to: now }
      expect((await test.credits.entries({ tenantId: 'acme', range, first: 200 })).items).toHaveLength(entries.length)
      const balanceAt = async (hours: number) => (await test.credits.balanceAt({ tenantId: 'acme' }, now.subtract({ hours }).add({ seconds: 1 })))?.toFixed()
      expect([await balanceAt(2), await balanceAt(1), await balanceAt(0)]).toEqual(['9999.5', balance.toFixed(), balance.minus('0.25').toFixed()])
      expect(await test.credits.verify('acme')).toMatchObject({ valid: true, entries: entries.length + 3 })
    })

    it('is recorded after expired reservations and settlements, and never earlier than the entry before it', async () => {
      await test.credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'order-1' })
      const { reservation } = await test.credits.reserve({ tenantId: 'acme', amount: '3' })
      test.clock.advance({ hours: 2 })
      const now = test.clock.now()
      await test.debit({ credits: credit(1) })
      // The clock of another server.
      test.clock.set(now.subtract({ minutes: 1 }))
      await test.debit({ credits: credit('0.5') })
      await test.debit({ credits: credit(2) }, { credits: credit(3), reservationId: reservation?.id ?? '' })
      const { items } = await test.credits.entries({ tenantId: 'acme' })
      expect(items.map(({ kind, amount }) => `${kind} ${amount.toFixed()}`)).toEqual([
        'debit -2',
        'settle -3',
        'debit -0.5',
        'debit -1',
        'release 0',
        'reserve 0',
        'grant 10',
      ])
      expect(items.slice(0, 4).map(({ recordedAt }) => recordedAt.toString())).toEqual(Array(4).fill(now.toString()))
    })

    it('is debited from as many grants as it takes', async () => {
      const first = await test.credits.grant({ tenantId: 'acme', amount: '5', priority: 1, idempotencyKey: 'order-1' })
      const second = await test.credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'order-2' })
      const shares = async (amount: number) =>
        (await test.debit({ credits: credit(amount) }))[0]?.entry.shares.map(share => [share.grantId, share.amount.toFixed()])
      expect(await shares(7)).toEqual([
        [first.grant.id, '5'],
        [second.grant.id, '2'],
      ])
      expect(await shares(1)).toEqual([[second.grant.id, '1']])
    })

    it('settles its reservation, and is debited even if that has ended', async () => {
      await test.credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'order-1' })
      const { reservation } = await test.credits.reserve({ tenantId: 'acme', amount: '4' })
      const usage = { credits: credit(3), reservationId: reservation?.id ?? '' }
      await test.debit(usage)
      expect(await balances(test.credits)).toBe('7 available, 0 reserved')
      await test.debit(usage)
      expect(await balances(test.credits)).toBe('4 available, 0 reserved')
    })

    it('releases what another wallet holds for it, and debits the wallet that the rule names', async () => {
      await test.credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'tenant' })
      await test.credits.grant({ tenantId: 'acme', customerId: 'ana', amount: '10', idempotencyKey: 'ana' })
      const hold = async (customerId: string | null) => (await test.credits.reserve({ tenantId: 'acme', customerId, amount: '4' })).reservation?.id ?? ''
      await test.debit({ customerId: 'ana', credits: credit(3), reservationId: await hold(null) })
      expect([await balances(test.credits), await balances(test.credits, 'ana')]).toEqual(['10 available, 0 reserved', '7 available, 0 reserved'])
      await test.credits.setDebitRule('acme', 'customer')
      expect(await test.debit({ customerId: 'ben', credits: credit(3), reservationId: await hold('ana') })).toEqual([null])
      expect(await balances(test.credits, 'ana')).toBe('7 available, 0 reserved')
    })

    it('is corrected by the difference, once, when its cost is corrected', async () => {
      await test.credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'order-1' })
      await test.credits.setCost({ operation: 'chat_message', perUsdOfCost: '2' })
      const usage = { provider: 'openai', model: 'gpt-5-mini' }
      const [priced] = await test.debit({ ...usage, cost: credit('1.5') })
      expect(await balances(test.credits)).toBe('7 available, 0 reserved')
      const corrected = async (cost: string) =>
        setup.transaction('acme', transaction =>
          test.credits.correctIn(transaction, [
            {
              ...usage,
              tenantId: 'acme',
              operation: 'chat_message',
              eventId: priced?.entry.eventId ?? '',
              occurredAt: test.clock.now(),
              tokens: null,
              quantity: null,
              cost: credit(cost),
            },
          ]),
        )
      expect((await corrected('0.5')).map(({ kind, amount }) => [kind, amount.toFixed()])).toEqual([['correction', '2']])
      expect(await corrected('0.5')).toEqual([])
      expect(await balances(test.credits)).toBe('9 available, 0 reserved')
      await corrected('2')
      expect(await balances(test.credits)).toBe('6 available, 0 reserved')
      await corrected('0')
      expect(await balances(test.credits)).toBe('10 available, 0 reserved')
    })

    it('is corrected by the cost that it was debited by, also if it was free then and another cost was set for that time since', async () => {
      await test.credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'order-1' })
      await test.credits.setCost({ operation: 'chat_message', perUsdOfCost: '2' })
      test.clock.advance({ hours: 1 })
      const usage = { provider: 'openai', model: 'gpt-5-mini' }
      const debits = await test.debit({ ...usage, cost: credit(0) }, { ...usage, cost: credit(1) })
      expect(debits.map(debit => debit?.amount.toFixed())).toEqual(['0', '2'])
      const occurredAt = test.clock.now()
      test.clock.advance({ hours: 1 })
      await test.credits.setCost({ operation: 'chat_message', perUsdOfCost: '5', from: occurredAt.subtract({ minutes: 1 }) })
      const corrected = debits.map(debit => ({
        ...usage,
        ...{ tenantId: 'acme', operation: 'chat_message', eventId: debit?.entry.eventId ?? '', occurredAt, tokens: null, quantity: null, cost: credit(3) },
      }))
      const entries = await setup.transaction('acme', transaction => test.credits.correctIn(transaction, corrected))
      expect(entries.map(({ amount, costId }) => [amount.toFixed(), costId])).toEqual([
        ['-6', debits[0]?.entry.costId],
        ['-4', debits[0]?.entry.costId],
      ])
    })

    it('that a rate limit refused costs nothing, releases its reservation, and is debited only the credits that it has of its own', async () => {
      await test.credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'order-1' })
      const { reservation } = await test.credits.reserve({ tenantId: 'acme', amount: '4' })
      const refused = { operation: 'WORKFLOW_EXECUTION', isRateLimited: true }
      const debits = await test.debit({ ...refused, reservationId: reservation?.id ?? '' }, refused, { ...refused, credits: credit('0.5') })
      expect(debits.map(debit => debit?.amount.toFixed())).toEqual(['0', undefined, '0.5'])
      expect(await balances(test.credits)).toBe('9.5 available, 0 reserved')
    })

    it('of an unknown cost is debited when the cost is known', async () => {
      await test.credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'order-1' })
      await test.credits.setCost({ operation: 'chat_message', perUsdOfCost: '2' })
      const [unpriced] = await test.debit({ provider: 'openai', model: 'unknown-model' })
      expect([unpriced?.amount.toFixed(), await balances(test.credits)]).toEqual(['0', '10 available, 0 reserved'])
    })
  })
}
