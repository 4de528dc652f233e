import { customerScope, OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { QuotaStore } from '../../quota-store.ts'
import type { Quotas } from '../../quotas.ts'
import { atOnce, newTenant, quotasOver } from '../builders/quotas-over.ts'

const DAILY = { metric: 'tokens', window: 'day', limit: '100' } as const

/** Alerts are raised once for each threshold, in an order that can be followed. */
export function alertsContract(store: () => QuotaStore): void {
  describe('alerts', () => {
    const use = (quotas: Quotas, tenantId: string, amount: string, customer?: string) =>
      quotas.consume({ tenantId, requests: [{ metric: 'tokens', amount }], dimensions: { customer } })
    const raised = async (quotas: Quotas, tenantId: string) =>
      (await quotas.alerts(tenantScope(tenantId), { first: 100 })).map(
        ({ threshold, used, limit }) => `${threshold.toFixed()} %: ${used.toFixed()} of ${limit.toFixed()}`,
      )

    it('are raised once each at exactly 50, 80 and 100 percent', async () => {
      const { quotas, tenantId } = quotasOver(store(), DAILY)
      await use(quotas, tenantId, '49.999')
      expect(await raised(quotas, tenantId)).toEqual([])
      for (const amount of ['0.001', '10', '30', '20', '50']) await use(quotas, tenantId, amount)
      expect(await raised(quotas, tenantId)).toEqual(['50 %: 50 of 100', '80 %: 90 of 100', '100 %: 110 of 100'])
    })

    it('are raised for each threshold when one use crosses several', async () => {
      const { quotas, tenantId } = quotasOver(store(), { ...DAILY, alertAt: ['10', '120'] })
      await use(quotas, tenantId, '130')
      expect(await raised(quotas, tenantId)).toEqual(['10 %: 130 of 100', '120 %: 130 of 100'])
    })

    it('are raised by usage that is consumed or settled, not by holds', async () => {
      const { quotas, tenantId } = quotasOver(store(), DAILY)
      const { reservation } = await quotas.reserve({ tenantId, requests: [{ metric: 'tokens', amount: '100' }] })
      expect(await raised(quotas, tenantId)).toEqual([])
      await quotas.settle({ reservationId: reservation?.id ?? '', actual: [{ metric: 'tokens', amount: '60' }] })
      await quotas.enforce({ tenantId, requests: [{ metric: 'tokens', amount: '30' }], consume: true })
      expect(await raised(quotas, tenantId)).toEqual(['50 %: 60 of 100', '80 %: 90 of 100'])
    })

    it('are raised again in each window, and for each value of a scope', async () => {
      const { quotas, clock, tenantId } = quotasOver(store(), { ...DAILY, scope: ['customer'], alertAt: ['50'] })
      await use(quotas, tenantId, '60', 'a')
      await use(quotas, tenantId, '60', 'b')
      clock.advance({ hours: 24 })
      await use(quotas, tenantId, '60', 'a')
      const alerts = await quotas.alerts(tenantScope(tenantId), { first: 100 })
      expect(alerts.map(({ scope, scopeValue, windowFrom, windowTo }) => [scope[0], scopeValue[0], windowFrom.toString(), windowTo.toString()])).toEqual([
        ['customer', 'a', '2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z'],
        ['customer', 'b', '2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z'],
        ['customer', 'a', '2026-11-21T00:00:00Z', '2026-11-22T00:00:00Z'],
      ])
    })

    it('are raised at once by another limit that usage has reached already, and not again by later usage', async () => {
      const { quotas, tenantId } = quotasOver(store(), { ...DAILY, alertAt: ['80'] })
      await use(quotas, tenantId, '80')
      await quotas.setQuota({ tenantId, ...DAILY, limit: '50', alertAt: ['80'] })
      expect(await raised(quotas, tenantId)).toEqual(['80 %: 80 of 100', '80 %: 80 of 50'])
      await use(quotas, tenantId, '1')
      await use(quotas, tenantId, '1')
      await quotas.clearQuota({ tenantId, ...DAILY })
      await use(quotas, tenantId, '1')
      expect(await raised(quotas, tenantId)).toEqual(['80 %: 80 of 100', '80 %: 80 of 50'])
    })

    it('are not raised again when the same limit is set again', async () => {
      const { quotas, tenantId } = quotasOver(store(), { ...DAILY, alertAt: ['80'] })
      await use(quotas, tenantId, '80')
      for (const _ of [1, 2]) await quotas.setQuota({ tenantId, ...DAILY, alertAt: ['80'] })
      await use(quotas, tenantId, '1')
      expect(await raised(quotas, tenantId)).toEqual(['80 %: 80 of 100'])
    })

    it.each([{ sliding: false }, { sliding: true }])(
      'are raised at once for each value of a scope that has reached a new limit (sliding: $sliding)',
      async ({ sliding }) => {
        const scoped = { metric: 'tokens', window: 'day', scope: ['customer'], sliding, alertAt: ['50'] } as const
        const { quotas, tenantId } = quotasOver(store(), { ...scoped, limit: '1000' })
        for (const [customer, amount] of [
          ['a', '60'],
          ['b', '40'],
          ['c', '50'],
        ] as const) {
          await use(quotas, tenantId, amount, customer)
        }
        await quotas.setQuota({ tenantId, ...scoped, limit: '100' })
        const alerts = await quotas.alerts(tenantScope(tenantId), { first: 100 })
        expect(alerts.map(({ scopeValue, used, limit }) => `${scopeValue[0]}: ${used.toFixed()} of ${limit.toFixed()}`).sort()).toEqual([
          'a: 60 of 100',
          'c: 50 of 100',
        ])
      },
    )

    it('are raised exactly once when a limit is lowered while usage is counted concurrently', async () => {
      const { quotas, tenantId } = quotasOver(store(), { ...DAILY, limit: '1000000', alertAt: ['50'] })
      await use(quotas, tenantId, '100')
      await Promise.all([
        atOnce(20, () => use(quotas, tenantId, '1')),
        quotas.setQuota({ tenantId, ...DAILY, limit: '100', alertAt: ['50'] }),
        atOnce(20, () => use(quotas, tenantId, '1')),
      ])
      expect((await raised(quotas, tenantId)).map(alert => alert.slice(0, 4))).toEqual(['50 %'])
    })

    it('are listed latest first, in pages', async () => {
      const { quotas, tenantId } = quotasOver(store(), DAILY)
      await use(quotas, tenantId, '100')
      const latest = await quotas.latestAlerts(tenantScope(tenantId), { first: 2 })
      const rest = await quotas.latestAlerts(tenantScope(tenantId), { first: 2, before: latest.at(-1)?.cursor })
      expect([latest, rest].map(page => page.map(({ threshold }) => threshold.toFixed()))).toEqual([['100', '80'], ['50']])
      expect(await quotas.latestAlerts(tenantScope(newTenant()), { first: 10 })).toEqual([])
    })

    it('are listed once each when pages are followed by cursor', async () => {
      const { quotas, tenantId } = quotasOver(store(), DAILY)
      await use(quotas, tenantId, '100')
      const [first] = await quotas.alerts(tenantScope(tenantId), { first: 1 })
      const rest = await quotas.alerts(tenantScope(tenantId), { first: 10, after: first?.cursor })
      expect([first, ...rest].map(alert => alert?.threshold.toFixed())).toEqual(['50', '80', '100'])
      expect(await quotas.alerts(tenantScope(tenantId), { first: 10, after: rest.at(-1)?.cursor })).toEqual([])
      expect(await quotas.lastAlertCursor()).toBe(rest.at(-1)?.cursor)
    })

    it('are listed for tenants in the scope only, and for all tenants to an operator', async () => {
      const { quotas, tenantId } = quotasOver(store(), DAILY)
      const before = (await quotas.alerts(OPERATOR_SCOPE, { first: 1_000 })).at(-1)?.cursor
      await use(quotas, tenantId, '50')
      expect(await quotas.alerts(tenantScope(newTenant()), { first: 10 })).toEqual([])
      expect((await quotas.alerts(OPERATOR_SCOPE, { first: 10, after: before })).map(alert => alert.tenantId)).toEqual([tenantId])
    })

    it("are listed for a customer if they are about the customer's own limit, and not about one that others share", async () => {
      const { quotas, tenantId } = quotasOver(
        store(),
        { ...DAILY, alertAt: ['10'] },
        { ...DAILY, scope: ['customer'], alertAt: ['50'] },
        { ...DAILY, scope: ['customer', 'feature'], alertAt: ['20'] },
        { ...DAILY, metric: 'requests', scope: ['feature'], limit: '1', alertAt: ['100'] },
      )
      const [ada, bob] = [`ada "\\ ' é,`, 'bob']
      for (const customer of [ada, bob]) {
        const requests = [{ metric: 'tokens', amount: '60' } as const, { metric: 'requests', amount: '1' } as const]
        await quotas.consume({ tenantId, requests, dimensions: { customer, feature: customer } })
      }
      for (const customer of [ada, bob]) {
        const own = customerScope(tenantId, customer)
        const alerts = [...(await quotas.alerts(own, { first: 10 })), ...(await quotas.latestAlerts(own, { first: 10 }))]
        expect(alerts.map(({ scope, scopeValue, threshold }) => [scope, scopeValue, threshold.toFixed()])).toEqual([
          [['customer'], [customer], '50'],
          [['customer'], [customer], '50'],
        ])
        expect(await quotas.alerts(own, { first: 10, after: alerts[0]?.cursor })).toEqual([])
        expect(await quotas.latestAlerts(own, { first: 10, before: alerts[0]?.cursor })).toEqual([])
      }
      expect(await quotas.latestAlerts(customerScope(newTenant(), bob), { first: 10 })).toEqual([])
    })

    it('are never missed by a reader that follows the cursor while they are raised concurrently', async () => {
      const { quotas } = quotasOver(store(), { ...DAILY, alertAt: ['50'] })
      const tenants = Array.from({ length: 40 }, newTenant)
      const seen: string[] = []
      let cursor = (await quotas.alerts(OPERATOR_SCOPE, { first: 1_000 })).at(-1)?.cursor
      const follow = async () => {
        const alerts = await quotas.alerts(OPERATOR_SCOPE, { first: 1_000, after: cursor })
        cursor = alerts.at(-1)?.cursor ?? cursor
        seen.push(...alerts.map(({ tenantId }) => tenantId))
      }
      const raising = new Set(tenants)
      const raise = atOnce(tenants.length, async i => {
        const tenantId = tenants[i] ?? ''
        await use(quotas, tenantId, '50')
        raising.delete(tenantId)
      })
      while (raising.size > 0) await follow()
      await raise
      await follow()
      expect(seen.sort()).toEqual([...tenants].sort())
    })
  })
}
