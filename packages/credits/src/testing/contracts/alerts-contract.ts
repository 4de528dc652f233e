import { customerScope, OPERATOR_SCOPE, Temporal, tenantScope } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CreditAlert } from '../../model/alert.ts'
import { balances, credit, type CreditsUnderTest, makeCredits, START } from '../builders/wallets.ts'
import type { CreditStoreSetup } from '../builders/credit-store-setup.ts'

const ACME = tenantScope('acme')
const DAY = { hours: 24 }
const inDays = (days: number) => Temporal.Instant.from(START).add({ hours: 24 * days })

/** What alerts must do. */
export function alertsContract(setup: CreditStoreSetup): void {
  describe('alerts', () => {
    let test: CreditsUnderTest
    beforeEach(async () => {
      test = await makeCredits(setup)
      await test.credits.grant({ tenantId: 'acme', amount: '100', idempotencyKey: 'order-1' })
    })
    const spend = (amount: number | string) => test.debit({ credits: credit(amount) })
    const raised = async (scope = ACME) => (await test.credits.alerts(scope, {})).items.map(textOf)

    it('are raised once when a balance falls to a threshold or to zero, and again after it recovered', async () => {
      await test.credits.setTerms({ tenantId: 'acme', alertBelow: ['50'] })
      for (const amount of [49, 1, 10]) await spend(amount)
      await test.credits.grant({ tenantId: 'acme', amount: '20', idempotencyKey: 'order-2' })
      await spend(60)
      const { items } = await test.credits.alerts(ACME, {})
      expect(items.map(({ kind, balance }) => [kind, balance.toFixed()])).toEqual([
        ['low_balance', '50'],
        ['low_balance', '0'],
        ['exhausted', '0'],
      ])
      expect((await test.credits.alerts(ACME, { after: items[1]?.cursor })).items).toEqual([items[2]])
    })

    it('of one commit are in the order of their wallets', async () => {
      await test.credits.grant({ tenantId: 'acme', customerId: 'ana', amount: '10', idempotencyKey: 'gift', expiresAt: inDays(3) })
      const after = await test.credits.lastAlertCursor()
      await test.credits.transfer({ tenantId: 'acme', fromCustomerId: 'ana', toCustomerId: null, amount: '10', idempotencyKey: 'move-1' })
      const { items } = await test.credits.alerts(ACME, { after })
      expect(items.map(({ customerId, kind }) => [customerId, kind])).toEqual([
        [null, 'expiring_soon'],
        ['ana', 'exhausted'],
      ])
    })

    it('are listed in their order or the latest first, in pages', async () => {
      await test.credits.setTerms({ tenantId: 'acme', alertBelow: Array.from({ length: 10 }, (_, i) => String(90 - i)) })
      for (let i = 0; i < 20; i++) await spend(1)
      const thresholds = Array.from({ length: 10 }, (_, i) => 90 - i)
      const first = await test.credits.alerts(ACME, { first: 9 })
      const rest = await test.credits.alerts(ACME, { after: first.items.at(-1)?.cursor })
      expect([...first.items, ...rest.items].map(({ threshold }) => Number(threshold))).toEqual(thresholds)
      expect(await test.credits.lastAlertCursor()).toBe(rest.items[0]?.cursor)
      const latest = await test.credits.alertHistory(ACME, { first: 9 })
      const oldest = await test.credits.alertHistory(ACME, { after: latest.items.at(-1)?.cursor })
      expect([...latest.items, ...oldest.items].map(({ threshold }) => Number(threshold))).toEqual(thresholds.toReversed())
    })

    it('are shown to operators for all tenants in one order, and to a customer for its own wallet only', async () => {
      for (const customerId of ['ana', 'ben', 'ana']) {
        await test.credits.grant({ tenantId: 'acme', customerId, amount: '1', idempotencyKey: `${customerId} ${await test.credits.lastAlertCursor()}` })
        await test.debit({ customerId, credits: credit(1) })
        await test.credits.alerts(OPERATOR_SCOPE, {})
      }
      await test.credits.grant({ tenantId: 'globex', amount: '1', idempotencyKey: 'order-1' })
      await test.credits.spend({ tenantId: 'globex', amount: '1' })
      const owners = ({ items }: { items: readonly CreditAlert[] }) => items.map(({ tenantId, customerId }) => customerId ?? tenantId)
      expect(owners(await test.credits.alerts(OPERATOR_SCOPE, {}))).toEqual(['ana', 'ben', 'ana', 'globex'])
      expect(owners(await test.credits.alertHistory(OPERATOR_SCOPE, {}))).toEqual(['globex', 'ana', 'ben', 'ana'])
      expect(owners(await test.credits.alerts(customerScope('acme', 'ben'), {}))).toEqual(['ben'])
      expect(owners(await test.credits.alertHistory(ACME, { customerId: 'ana' }))).toEqual(['ana', 'ana'])
      expect(owners(await test.credits.alertHistory(ACME, { customerId: null }))).toEqual([])
    })

    it('are recorded once, by whichever call comes first', async () => {
      await test.credits.setTerms({ tenantId: 'acme', alertBelow: Array.from({ length: 10 }, (_, i) => String(90 - i)) })
      await spend(25)
      expect((await Promise.all([test.credits.recordAlerts(), test.credits.recordAlerts()])).toSorted((one, other) => one - other)).toEqual([0, 10])
      await spend(75)
      expect([await test.credits.recordAlerts(), await test.credits.recordAlerts()]).toEqual([1, 0])
    })

    it('are each seen once by a reader that follows their cursors while many tenants raise them', async () => {
      const tenants = Array.from({ length: 20 }, (_, i) => `tenant-${i}`)
      const raisers = { areDone: false }
      const raising = Promise.all(
        tenants.map(async tenantId => {
          await test.credits.grant({ tenantId, amount: '5', idempotencyKey: 'order' })
          await test.credits.setTerms({ tenantId, alertBelow: ['1', '2', '3', '4'] })
          for (let i = 0; i < 4; i++) await test.credits.spend({ tenantId, amount: '1' })
        }),
      ).finally(() => (raisers.areDone = true))
      const seen: CreditAlert[] = []
      const follow = async () => seen.push(...(await test.credits.alerts(OPERATOR_SCOPE, { after: seen.at(-1)?.cursor })).items)
      while (!raisers.areDone) await follow()
      await raising
      await follow()
      for (const tenantId of tenants) {
        expect(seen.filter(alert => alert.tenantId === tenantId).map(({ threshold }) => Number(threshold))).toEqual([4, 3, 2, 1])
      }
      expect(new Set(seen.map(({ cursor }) => cursor)).size).toBe(80)
    })

    it('that credits expire soon are raised in the order in which they expire', async () => {
      for (const days of [3, 1, 2]) await test.credits.grant({ tenantId: 'acme', amount: '2', idempotencyKey: `gift ${days}`, expiresAt: inDays(7 + days) })
      test.clock.advance({ hours: 24 * 4 })
      await spend(1)
      expect((await raised()).map(text => text.slice(-20))).toEqual(['2026-03-18T12:00:00Z', '2026-03-19T12:00:00Z', '2026-03-20T12:00:00Z'])
    })

    it('are raised once some days before credits expire, and again only if the terms were changed in between', async () => {
      await test.credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'promotion', priority: 1, expiresAt: inDays(10) })
      await spend(4)
      test.clock.set(inDays(3))
      await spend(1)
      await spend(1)
      const alert = 'expiring_soon 7, balance 105, 5 until 2026-03-20T12:00:00Z'
      expect(await raised()).toEqual([alert])
      const [{ grantId } = {}] = (await test.credits.alerts(ACME, {})).items
      expect((await test.credits.wallet({ tenantId: 'acme' }))?.grants[0]?.id).toBe(grantId)
      await test.credits.setTerms({ tenantId: 'acme', alertExpiresWithinDays: 2 })
      test.clock.set(inDays(8))
      await spend(1)
      expect(await raised()).toEqual([alert, 'expiring_soon 2, balance 103, 3 until 2026-03-20T12:00:00Z'])
      await spend(3)
      test.clock.set(inDays(9))
      await spend(1)
      expect(await raised()).toHaveLength(2)
    })

    it('are raised once when the balance lasts fewer days than it should, and again after it lasted long enough', async () => {
      await test.credits.grant({ tenantId: 'acme', amount: '60', idempotencyKey: 'order-2' })
      for (let day = 0; day < 9; day++) {
        await spend(10)
        test.clock.advance(DAY)
      }
      // The balance is 70. From the start of the day seven days ago, 70 were consumed in 7.5 days.
      await test.credits.setTerms({ tenantId: 'acme', alertDaysLeft: 7 })
      expect(await raised()).toEqual([])
      await spend(10)
      await spend(1)
      const alert = 'low_balance 7, balance 60, 5.62 days left'
      expect(await raised()).toEqual([alert])
      await test.credits.grant({ tenantId: 'acme', amount: '20', idempotencyKey: 'order-3' })
      await spend(1)
      expect(await raised()).toEqual([alert])
      await test.credits.grant({ tenantId: 'acme', amount: '40', idempotencyKey: 'order-4' })
      await spend(60)
      expect(await raised()).toEqual([alert, 'low_balance 7, balance 58, 3.06 days left'])
    })

    it('of idle wallets are raised by the job, which does all that is due, once', async () => {
      await test.credits.setTerms({ tenantId: 'acme', alertBelow: ['95'] })
      await test.credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'promotion', expiresAt: inDays(10) })
      await test.credits.setAllowance({ tenantId: 'acme', customerId: 'ana', id: 'pro', amount: '3' })
      await test.credits.reserve({ tenantId: 'acme', customerId: 'ana', amount: '2', ttlSeconds: 60 })
      await test.credits.advance()
      expect([await raised(), await test.credits.advance()]).toEqual([[], 0])
      test.clock.advance({ minutes: 2 })
      expect([await test.credits.advance(), await test.credits.advance()]).toEqual([1, 0])
      test.clock.set(inDays(3))
      expect([await test.credits.advance(), await test.credits.advance()]).toEqual([1, 0])
      expect(await raised()).toEqual(['expiring_soon 7, balance 110, 10 until 2026-03-20T12:00:00Z'])
      test.clock.set(inDays(25))
      expect([await test.credits.advance(), await test.credits.advance()]).toEqual([2, 0])
      expect(await balances(test.credits, 'ana')).toBe('3 available, 0 reserved')
      const kinds = async (customerId: string | null) => (await test.credits.entries({ tenantId: 'acme', customerId })).items.map(({ kind }) => kind)
      expect([await kinds(null), await kinds('ana')]).toEqual([
        ['expire', 'grant', 'grant'],
        ['grant', 'expire', 'release', 'reserve', 'grant'],
      ])
    })
  })
}

function textOf({ kind, threshold, balance, daysLeft, expiring, expiresAt }: CreditAlert): string {
  const details = [
    ...(daysLeft === null ? [] : [`${daysLeft.toFixed()} days left`]),
    ...(expiring === null || expiresAt === null ? [] : [`${expiring.toFixed()} until ${expiresAt.toString()}`]),
  ]
  return [`${kind} ${threshold?.toFixed() ?? ''}`, `balance ${balance.toFixed()}`, ...details].join(', ')
}
