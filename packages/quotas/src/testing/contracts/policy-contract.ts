import { Decimal, randomIds, settableClock, Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { createQuotas } from '../../create-quotas.ts'
import type { QuotaStore } from '../../quota-store.ts'
import type { Quotas } from '../../quotas.ts'
import { newTenant, quotasOver } from '../builders/quotas-over.ts'

const ALL = { metric: 'tokens', window: 'day' } as const

/** Overrides and plans are stored exactly, and apply at once in every process. */
export function policyContract(store: () => QuotaStore): void {
  describe('policies', () => {
    const limits = async (quotas: Quotas, tenantId: string) => (await quotas.status({ tenantId })).quotas.map(({ limit }) => limit?.toFixed() ?? 'unlimited')

    it('apply at once when set, also in processes that remember the old ones, and keep what was used', async () => {
      const { quotas, tenantId, clock } = quotasOver(store(), { ...ALL, limit: '100' })
      const elsewhere = createQuotas({ store: store(), policies: [{ ...ALL, limit: '100' }], clock })
      const take = async (who: Quotas, amount: string) => (await who.enforce({ tenantId, requests: [{ metric: 'tokens', amount }], consume: true })).allowed
      expect([await take(quotas, '60'), await take(elsewhere, '40'), await take(elsewhere, '1')]).toEqual([true, true, false])
      await quotas.setQuota({ tenantId, ...ALL, limit: '150', setBy: 'ops@example.com' })
      expect([await take(elsewhere, '50'), await take(elsewhere, '1')]).toEqual([true, false])
      await quotas.setQuota({ tenantId, ...ALL, limit: null })
      expect(await take(elsewhere, '1000000')).toBe(true)
      await quotas.clearQuota({ tenantId, ...ALL })
      expect([await take(elsewhere, '1'), await limits(elsewhere, tenantId)]).toEqual([false, ['100']])
    })

    it('that are the first of a metric count usage from then on, also in processes that remember none', async () => {
      const { quotas, tenantId, clock } = quotasOver(store())
      const elsewhere = createQuotas({ store: store(), policies: [], clock })
      const usage = { tenantId, requests: [{ metric: 'tokens', amount: '7' }] } as const
      await elsewhere.consume(usage)
      await quotas.setQuota({ tenantId, ...ALL, limit: '100' })
      await elsewhere.consume(usage)
      expect((await quotas.status({ tenantId })).quotas.map(({ used }) => used.toFixed())).toEqual(['7'])
    })

    it('of one tenant do not apply to others', async () => {
      const { quotas, tenantId } = quotasOver(store(), { ...ALL, limit: '100' })
      await quotas.setQuota({ tenantId, ...ALL, limit: '1' })
      expect(await limits(quotas, newTenant())).toEqual(['100'])
    })

    it("with another limit key apply in addition to the plan's", async () => {
      const { quotas, tenantId } = quotasOver(store(), { ...ALL, limit: '100' })
      await quotas.setQuota({ tenantId, ...ALL, limit: '10', scope: ['customer'] })
      await quotas.setQuota({ tenantId, ...ALL, window: 'hour', limit: '20' })
      const { results } = await quotas.enforce({ tenantId, requests: [{ metric: 'tokens', amount: '11' }] })
      expect(results[0]?.checks.map(({ policy, allowed }) => [policy.window, policy.scope.length, allowed])).toEqual([
        ['day', 0, true],
        ['day', 1, false],
        ['hour', 0, true],
      ])
    })

    it('apply while they are valid, and of several the one that was set last', async () => {
      const { quotas, clock, tenantId } = quotasOver(store(), { ...ALL, limit: '100' })
      await quotas.setQuota({ tenantId, ...ALL, limit: '200' })
      await quotas.setQuota({
        tenantId,
        ...ALL,
        limit: '300',
        validFrom: Temporal.Instant.from('2026-11-21T00:00:00Z'),
        validTo: Temporal.Instant.from('2026-11-22T00:00:00Z'),
      })
      const seen = []
      for (const at of ['2026-11-20T23:59:59Z', '2026-11-21T00:00:00Z', '2026-11-21T23:59:59Z', '2026-11-22T00:00:00Z']) {
        clock.set(at)
        seen.push(...(await limits(quotas, tenantId)))
      }
      expect(seen).toEqual(['200', '300', '300', '200'])
    })

    it('are stored exactly as they were set', async () => {
      const { quotas, tenantId } = quotasOver(store())
      const set = await quotas.setQuota({
        tenantId,
        metric: 'cost',
        operation: 'chat/message "quoted"',
        window: 'billing_period',
        scope: ['organization', 'product', 'customer'],
        limit: '0.000000000000000000000001',
        enforcement: 'grace',
        grace: { amount: '12345678901234567890.5' },
        alertAt: ['99.5', '10'],
        largestHold: '3',
        unknownAmount: 'allow',
        storeFailure: 'allow',
        validFrom: Temporal.Instant.from('2026-01-01T00:00:00.000001Z'),
        setBy: 'ops@example.com',
      })
      const [book] = await store().policySnapshots([tenantId])
      const overrides = book?.overrides ?? []
      expect(plain(overrides)).toEqual(plain([set]))
      expect(overrides[0]?.policy?.limit).toBeInstanceOf(Decimal)
    })

    it('of a tenant with a new plan apply at once, also in processes that remember the old one', async () => {
      const [starter, bigger] = [`starter-${newTenant()}`, `bigger-${newTenant()}`]
      const profile = { plan: starter, timeZone: 'UTC', billingAnchorDay: 1 }
      let asked = 0
      const tenants = () => {
        asked += 1
        return { ...profile }
      }
      const plans = [
        { name: starter, unlisted: 'allow', policies: [{ ...ALL, limit: '100' }] },
        { name: bigger, unlisted: 'allow', policies: [{ ...ALL, limit: '150' }] },
      ] as const
      const clock = settableClock('2026-11-20T12:00:00Z')
      const [here, there] = [1, 2].map(() => createQuotas({ store: store(), plans, tenants, clock })) as [Quotas, Quotas]
      const tenantId = newTenant()
      const take = async (who: Quotas, amount: string) => (await who.enforce({ tenantId, requests: [{ metric: 'tokens', amount }], consume: true })).allowed
      expect([await take(here, '60'), await take(there, '40'), await take(there, '1')]).toEqual([true, true, false])
      profile.plan = bigger
      await here.tenantChanged(tenantId)
      expect([await take(there, '50'), await take(there, '1')]).toEqual([true, false])
      // Once in each process, once to compare its counters with the new limits, and once more after the change.
      expect(asked).toBe(4)
    })

    it('of a tenant whose plan does not exist are those of the fallback plan, until the plan is published', async () => {
      const [plan, fallbackPlan, tenantId] = [`plan-${newTenant()}`, 'rest', newTenant()]
      const clock = settableClock('2026-11-20T12:00:00Z')
      const plans = [{ name: fallbackPlan, unlisted: 'allow', policies: [{ ...ALL, limit: '5' }] }] as const
      const make = () => createQuotas({ store: store(), plans, fallbackPlan, tenants: () => ({ plan, timeZone: 'UTC', billingAnchorDay: 1 }), clock })
      const [here, there] = [make(), make()]
      expect([(await there.status({ tenantId })).plan, await limits(there, tenantId)]).toEqual([fallbackPlan, ['5']])
      await here.publishPlan({ name: plan, unlisted: 'allow', policies: [{ ...ALL, limit: '7' }] })
      expect([(await there.status({ tenantId })).plan, await limits(there, tenantId)]).toEqual([plan, ['7']])
    })

    it('are listed in pages with everything that was ever set, the latest first', async () => {
      const { quotas, tenantId } = quotasOver(store(), { ...ALL, limit: '100' })
      for (const limit of ['1', '2', '3']) await quotas.setQuota({ tenantId, ...ALL, limit, setBy: `ops-${limit}@example.com` })
      await quotas.clearQuota({ tenantId, ...ALL })
      const first = await quotas.overrides({ tenantId, first: 3 })
      const second = await quotas.overrides({ tenantId, first: 3, after: first.next ?? '' })
      const shown = [...first.items, ...second.items].map(({ policy, setBy }) => [policy?.limit?.toFixed() ?? null, setBy])
      expect(shown).toEqual([[null, null], ...['3', '2', '1'].map(limit => [limit, `ops-${limit}@example.com`])])
      expect(second.next).toBeNull()
      expect((await quotas.overrides({ tenantId: newTenant() })).items).toEqual([])
    })

    it('of a published plan replace those that the program was started with, for all its tenants', async () => {
      const plan = `plan-${newTenant()}`
      const clock = settableClock('2026-11-20T12:00:00Z')
      const make = () =>
        createQuotas({
          store: store(),
          plans: [{ name: plan, unlisted: 'deny', policies: [{ ...ALL, limit: '100' }] }],
          tenants: () => ({ plan, timeZone: 'UTC', billingAnchorDay: 1 }),
          clock,
          ids: randomIds(),
        })
      const [here, there, tenantId] = [make(), make(), newTenant()]
      expect(await limits(there, tenantId)).toEqual(['100'])
      await here.publishPlan({ name: plan, unlisted: 'allow', policies: [{ ...ALL, limit: '7' }], setBy: 'ops@example.com' })
      expect(await limits(there, tenantId)).toEqual(['7'])
      const known = (await there.plans()).filter(({ name }) => name === plan)
      expect(known.map(({ unlisted, policies }) => [unlisted, policies.map(({ limit, setBy }) => [limit?.toFixed(), setBy])])).toEqual([
        ['allow', [['7', 'ops@example.com']]],
      ])
      expect((await there.enforce({ tenantId, requests: [{ metric: 'tokens', amount: '8' }], consume: true })).allowed).toBe(false)
      expect((await there.enforce({ tenantId, requests: [{ metric: 'cost', amount: '8' }], consume: true })).allowed).toBe(true)
    })
  })
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
