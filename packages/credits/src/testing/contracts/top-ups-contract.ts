import { tenantScope } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import { type MemoryTopUpProvider, memoryTopUpProvider } from '../../memory/index.ts'
import type { CreditAlert } from '../../model/alert.ts'
import { topUpKey } from '../../model/top-up.ts'
import type { TopUpProvider, TopUpResult } from '../../top-up-provider.ts'
import { balances, credit, type CreditsUnderTest, makeCredits } from '../builders/wallets.ts'
import type { CreditStoreSetup } from '../builders/credit-store-setup.ts'

const ACME = tenantScope('acme')

/** What top-ups must do. */
export function topUpsContract(setup: CreditStoreSetup): void {
  describe('top-ups', () => {
    let test: CreditsUnderTest

    /** Creates a wallet with 20 credits that buys 30 when 10 are left, at most 60 in a month. */
    async function start(provider?: TopUpProvider): Promise<void> {
      test = await makeCredits(setup, provider)
      await test.credits.grant({ tenantId: 'acme', amount: '20', idempotencyKey: 'order-1' })
      await test.credits.setTerms({ tenantId: 'acme', topUp: { threshold: '10', amount: '30', maxPerMonth: '60' } })
    }
    const spend = (amount: number) => test.debit({ credits: credit(amount) })
    const raised = async () => (await test.credits.alerts(ACME, {})).items.map(textOf)
    const grantsOfTopUps = async () => {
      const { items } = await test.credits.entries({ tenantId: 'acme' })
      return items.filter(({ kind, amount }) => kind === 'grant' && amount.eq(30)).length
    }

    describe('with a provider', () => {
      let provider: MemoryTopUpProvider
      beforeEach(async () => {
        provider = memoryTopUpProvider()
        await start({ purchase: request => provider.purchase(request) })
      })

      it('are bought and granted once when the balance falls to the threshold, and again after it rose above it', async () => {
        await spend(9)
        expect(await test.credits.runTopUps()).toBe(0)
        await spend(1)
        await spend(2)
        await Promise.all([test.credits.runTopUps(), test.credits.runTopUps()])
        expect(await test.credits.runTopUps()).toBe(0)
        expect([provider.purchases.length, await balances(test.credits)]).toEqual([1, '38 available, 0 reserved'])
        await spend(30)
        await test.credits.runTopUps()
        expect([provider.purchases.length, await balances(test.credits)]).toEqual([2, '38 available, 0 reserved'])
        expect(provider.purchases[0]).toMatchObject({ tenantId: 'acme', customerId: null, amount: credit(30) })
        expect(new Set(provider.purchases.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2)
        expect(await raised()).toEqual(['top_up_requested 30', 'top_up_requested 30'])
      })

      it('are paid once and granted once if the process ends between the purchase and the grant, or after the grant', async () => {
        const { purchase } = provider
        provider.purchase = async request => {
          await purchase(request)
          throw new Error('The process has ended.')
        }
        await spend(10)
        await expect(test.credits.runTopUps()).rejects.toThrow('The process has ended.')
        expect([provider.purchases.length, await grantsOfTopUps()]).toEqual([1, 0])
        expect(await test.credits.runTopUps()).toBe(0)
        provider.purchase = purchase
        test.clock.advance({ minutes: 2 })
        expect(await test.credits.runTopUps()).toBe(1)
        expect([provider.purchases.length, await grantsOfTopUps()]).toEqual([1, 1])
        const idempotencyKey = provider.purchases[0]?.idempotencyKey ?? ''
        await test.credits.grant({ tenantId: 'acme', amount: '30', idempotencyKey })
        expect(await grantsOfTopUps()).toBe(1)
      })

      it('stop at the maximum of a month with an alert, and continue in the next month', async () => {
        for (let i = 0; i < 4; i++) {
          await spend(30)
          await test.credits.runTopUps()
        }
        expect(provider.purchases).toHaveLength(2)
        const limit = 'top_up_failed 30: 60 of at most 60 credits were requested this month. Raise the maximum, or grant credits.'
        expect((await raised()).filter(text => text.startsWith('top_up'))).toEqual(['top_up_requested 30', 'top_up_requested 30', limit])
        test.clock.advance({ hours: 24 * 31 })
        await spend(1)
        await test.credits.runTopUps()
        expect(provider.purchases).toHaveLength(3)
      })
    })

    it('that are refused or stay undecided fail with an alert, and are not repeated until the balance was above the threshold', async () => {
      let answer: TopUpResult = { kind: 'refused', reason: 'The card has expired.' }
      await start(memoryTopUpProvider(() => answer))
      await spend(12)
      await test.credits.runTopUps()
      await spend(1)
      test.clock.advance({ hours: 48 })
      expect(await test.credits.runTopUps()).toBe(0)
      expect(await raised()).toEqual(['top_up_requested 30', 'top_up_failed 30: The card has expired.'])

      answer = { kind: 'pending' }
      await test.credits.grant({ tenantId: 'acme', amount: '20', idempotencyKey: 'order-2' })
      await spend(20)
      let attempts = 0
      for (let hour = 0; hour < 72; hour++) {
        attempts += await test.credits.runTopUps()
        test.clock.advance({ hours: 1 })
      }
      expect(attempts).toBe(9)
      expect((await raised()).slice(2)).toEqual(['top_up_requested 30', 'top_up_failed 30: The provider did not decide in time.'])
    })

    it('without a provider are completed by a grant with their key, also after they were given up', async () => {
      await start()
      const keyOfLast = async () => topUpKey((await test.credits.alertHistory(ACME, { first: 1 })).items[0]?.topUpId ?? '')
      await spend(10)
      await test.credits.runTopUps()
      await test.credits.grant({ tenantId: 'acme', amount: '30', idempotencyKey: await keyOfLast() })
      test.clock.advance({ hours: 100 })
      expect(await test.credits.runTopUps()).toBe(0)
      expect(await raised()).toEqual(['top_up_requested 30'])
      await spend(30)
      const key = await keyOfLast()
      test.clock.advance({ hours: 100 })
      await test.credits.runTopUps()
      expect((await raised()).slice(1)).toEqual([
        'top_up_requested 30',
        `top_up_failed 30: Nobody granted credits with the idempotency key ${key} within 72 hours.`,
      ])
      await test.credits.grant({ tenantId: 'acme', amount: '30', idempotencyKey: key })
      test.clock.advance({ hours: 100 })
      expect([await test.credits.runTopUps(), await balances(test.credits)]).toEqual([0, '40 available, 0 reserved'])
    })

    it('are requested by the terms if the balance is low already, and not without terms', async () => {
      await start()
      const set = (topUp: Parameters<typeof test.credits.setTerms>[0]['topUp']) => test.credits.setTerms({ tenantId: 'acme', topUp })
      await set(null)
      await spend(15)
      expect(await raised()).toEqual([])
      await set({ threshold: '5', amount: '1', maxPerMonth: '2' })
      await spend(1)
      expect(await raised()).toEqual(['top_up_requested 1'])
      for (const topUp of [
        { threshold: '-1', amount: '1', maxPerMonth: '2' },
        { threshold: '1', amount: '0', maxPerMonth: '2' },
        { threshold: '1', amount: '3', maxPerMonth: '2' },
      ]) {
        await expect(set(topUp)).rejects.toThrow('topUp.')
      }
    })
  })
}

function textOf({ kind, topUpAmount, reason }: CreditAlert): string {
  return [`${kind} ${topUpAmount?.toFixed() ?? ''}`.trim(), ...(reason === null ? [] : [reason])].join(': ')
}
