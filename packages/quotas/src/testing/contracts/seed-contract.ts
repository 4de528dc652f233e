import { settableClock, Temporal, tenantScope } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createQuotas } from '../../create-quotas.ts'
import type { PlanDraft } from '../../model/policies/plan.ts'
import type { QuotaStore } from '../../quota-store.ts'
import type { Quotas } from '../../quotas.ts'
import type { TenantProfile } from '../../model/policies/tenant-profile.ts'
import { newTenant } from '../builders/quotas-over.ts'
import { type TestUse, usageOfTests, usageToCount } from '../builders/recorded-usage-of-tests.ts'

const DAILY = { metric: 'tokens', window: 'day' } as const

/** Creates quotas with recorded usage and plans of their own. The time is noon on a Friday in UTC. */
function seeding(store: QuotaStore, drafts: readonly Pick<PlanDraft, 'policies'>[] = []) {
  const clock = settableClock('2026-11-20T12:00:00Z')
  const usage = usageOfTests()
  const tenantId = newTenant()
  const names = drafts.map((_, i) => `plan-${i}-${tenantId}`)
  const rest = `rest-${tenantId}`
  const profiles = new Map<string, TenantProfile>()
  const profileOf = (id: string) => profiles.get(id) ?? { plan: names[0] ?? rest, timeZone: 'UTC', billingAnchorDay: 1 }
  const plans = [
    { name: rest, policies: [], unlisted: 'allow' } as const,
    ...drafts.map(({ policies }, i): PlanDraft => ({ name: names[i] ?? '', policies, unlisted: 'allow' })),
  ]
  const quotas = createQuotas({ store, plans, tenants: profileOf, fallbackPlan: rest, clock, recordedUsage: usage })
  const used = (at: string, tokens: number, more: Partial<TestUse> = {}): TestUse => {
    const use = { tenantId, at, tokens, ...more }
    usage.uses.push(use)
    return use
  }
  return { quotas, clock, tenantId, usage, used, profiles, profileOf, names, rest }
}

/** Returns the used amount of each limit key and scope value. */
async function counts(quotas: Quotas, tenantId: string): Promise<Record<string, string>> {
  const { quotas: usage } = await quotas.status({ tenantId })
  return Object.fromEntries(usage.map(({ policy, scopeValue, used }) => [[policy.limitKey, ...scopeValue].join(' '), used.toFixed()]))
}

export function seedContract(store: () => QuotaStore): void {
  describe('a limit that was not counted before', () => {
    it('starts with the recorded usage of its current window only', async () => {
      const { quotas, tenantId, used } = seeding(store())
      used('2026-11-19T23:59:59.999Z', 1_000)
      used('2026-11-20T00:00:00Z', 20_000)
      used('2026-11-20T11:59:59Z', 10_000)
      used('2026-11-20T01:00:00Z', 7, { tenantId: newTenant() })
      await quotas.setQuota({ tenantId, ...DAILY, limit: '30001' })
      await quotas.setQuota({ tenantId, ...DAILY, window: 'hour', limit: null })
      expect(await counts(quotas, tenantId)).toEqual({ 'tokens/day//': '30000', 'tokens/hour//': '0' })
      const take = async (amount: string) => (await quotas.enforce({ tenantId, requests: [{ metric: 'tokens', amount }], consume: true })).allowed
      expect([await take('2'), await take('1'), await take('1')]).toEqual([false, true, false])
    })

    it('starts with the recorded usage of each scope value and operation, including usage without a value', async () => {
      const { quotas, tenantId, used } = seeding(store())
      used('2026-11-20T01:00:00Z', 1, { operation: 'chat', dimensions: { customer: 'a', model: 'm' } })
      used('2026-11-20T02:00:00Z', 2, { operation: 'chat', dimensions: { customer: 'a', model: 'm' } })
      used('2026-11-20T02:00:00Z', 4, { operation: 'embed', dimensions: { customer: 'b' } })
      used('2026-11-20T02:00:00Z', 8, { operation: 'chat' })
      await quotas.setQuota({ tenantId, ...DAILY, scope: ['customer', 'model'], limit: null })
      await quotas.setQuota({ tenantId, ...DAILY, scope: ['operation'], limit: null })
      await quotas.setQuota({ tenantId, ...DAILY, operation: 'chat', limit: null })
      await quotas.setQuota({ tenantId, ...DAILY, scope: ['session'], limit: null })
      expect(await counts(quotas, tenantId)).toEqual({
        'tokens/day/customer>model/ a m': '3',
        'tokens/day/customer>model/ b ': '4',
        'tokens/day/customer>model/  ': '8',
        'tokens/day/operation/ chat': '11',
        'tokens/day/operation/ embed': '4',
        'tokens/day//chat': '11',
      })
    })

    it('shows at every later time what a limit that counted from the start shows, fixed or sliding', async () => {
      const windows = [
        { ...DAILY, window: 'hour' },
        { ...DAILY, window: 'minute' },
        { ...DAILY, window: 'hour', sliding: true },
        { ...DAILY, window: 'minute', sliding: true },
        { ...DAILY, window: 'hour', scope: ['customer'] },
      ] as const
      const moments = fc.oneof(fc.integer({ min: 0, max: 180_000 }), fc.integer({ min: 0, max: 2 * 3_600_000 }))
      const uses = fc.array(fc.record({ agoMs: moments, tokens: fc.integer({ min: 1, max: 99 }), customer: fc.constantFrom('a', 'b', null) }), {
        maxLength: 12,
      })
      await fc.assert(
        fc.asyncProperty(uses, fc.array(fc.integer({ min: 1, max: 1_000_000 }), { maxLength: 4 }), async (made, laterMs) => {
          const { quotas, clock, tenantId, used } = seeding(store())
          const [whole, start] = [newTenant(), clock.now()]
          for (const window of windows) await quotas.setQuota({ tenantId: whole, ...window, limit: '100' })
          for (const { agoMs, tokens, customer } of made.toSorted((a, b) => b.agoMs - a.agoMs)) {
            const at = start.subtract({ milliseconds: agoMs })
            clock.set(at.toString())
            const use = used(at.toString(), tokens, { dimensions: { customer } })
            await quotas.consume({ ...usageToCount(use), tenantId: whole })
          }
          clock.set(start.toString())
          for (const window of windows) await quotas.setQuota({ tenantId, ...window, limit: '100' })
          for (const later of [0, ...laterMs]) {
            clock.set(clock.now().add({ milliseconds: later }).toString())
            expect(await counts(quotas, tenantId)).toEqual(await counts(quotas, whole))
          }
        }),
        { numRuns: 12 },
      )
    })

    it('includes usage ahead of the clock, in the window of its time or, sliding, now', async () => {
      const { quotas, clock, tenantId, used } = seeding(store())
      clock.set('2026-11-20T11:58:00Z')
      used('2026-11-20T11:57:00Z', 1)
      used('2026-11-20T12:03:00Z', 10)
      await quotas.setQuota({ tenantId, ...DAILY, window: 'hour', limit: null })
      await quotas.setQuota({ tenantId, ...DAILY, window: 'hour', sliding: true, limit: null })
      expect(await counts(quotas, tenantId)).toEqual({ 'tokens/hour//': '1', 'tokens/sliding-hour//': '11' })
      clock.set('2026-11-20T12:00:00Z')
      expect(await counts(quotas, tenantId)).toEqual({ 'tokens/hour//': '10', 'tokens/sliding-hour//': '11' })
    })

    it('starts with the usage of the times at which it is in effect', async () => {
      const { quotas, tenantId, used } = seeding(store())
      const byHour = { '01': 1, '03': 10, '05': 100, '07': 1_000, '11': 10_000 }
      for (const [hour, tokens] of Object.entries(byHour)) used(`2026-11-20T${hour}:00:00Z`, tokens)
      const at = (time: string) => Temporal.Instant.from(`2026-11-20T${time}Z`)
      await quotas.setQuota({ tenantId, ...DAILY, limit: '1', validFrom: at('02:00:00'), validTo: at('04:00:00') })
      await quotas.setQuota({ tenantId, ...DAILY, limit: null, validFrom: at('07:00:00') })
      expect(await counts(quotas, tenantId)).toEqual({ 'tokens/day//': '11010' })
    })

    it('raises the alerts that its recorded usage has reached', async () => {
      const { quotas, tenantId, used } = seeding(store())
      used('2026-11-20T01:00:00Z', 85)
      await quotas.setQuota({ tenantId, ...DAILY, limit: '100' })
      await quotas.setQuota({ tenantId, ...DAILY, sliding: true, limit: '100' })
      const alerts = await quotas.alerts(tenantScope(tenantId), { first: 10 })
      expect(alerts.map(({ sliding, threshold, used: at }) => [sliding, threshold.toFixed(), at.toFixed()])).toEqual([
        [false, '50', '85'],
        [false, '80', '85'],
        [true, '50', '85'],
        [true, '80', '85'],
      ])
      const [near] = (await quotas.nearLimits(tenantScope(tenantId))).items
      expect(near?.percentage?.toFixed()).toBe('85')
    })
  })

  describe('a limit that was counted before', () => {
    it('keeps its counters without reading recorded usage when its amount changes', async () => {
      const { quotas, tenantId, usage, used } = seeding(store(), [{ policies: [{ ...DAILY, limit: '100' }] }])
      await quotas.consume(usageToCount(used('2026-11-20T01:00:00Z', 5)))
      used('2026-11-20T01:00:00Z', 50)
      await quotas.setQuota({ tenantId, ...DAILY, limit: '200' })
      await quotas.clearQuota({ tenantId, ...DAILY })
      expect([await counts(quotas, tenantId), usage.asked.length]).toEqual([{ 'tokens/day//': '5' }, 0])
    })

    it('and then not for a while is raised to the recorded usage, and keeps what was taken without usage', async () => {
      const { quotas, tenantId, used } = seeding(store())
      const both = [{ ...DAILY }, { ...DAILY, sliding: true }, { ...DAILY, window: 'month' }] as const
      for (const limitKey of both) await quotas.setQuota({ tenantId, ...limitKey, limit: '1000' })
      await quotas.consume(usageToCount(used('2026-11-20T03:00:00Z', 10)))
      await quotas.enforce({ tenantId, requests: [{ metric: 'tokens', amount: '100' }], consume: true })
      for (const limitKey of both) await quotas.clearQuota({ tenantId, ...limitKey })
      used('2026-11-20T11:00:00Z', 200)
      await quotas.setQuota({ tenantId, ...both[0], limit: '1000' })
      await quotas.setQuota({ tenantId, ...both[1], limit: '1000' })
      // 110 were counted and 210 recorded. It is unknown which of them are the same.
      expect(await counts(quotas, tenantId)).toEqual({ 'tokens/day//': '210', 'tokens/sliding-day//': '210' })
      await quotas.enforce({ tenantId, requests: [{ metric: 'tokens', amount: '500' }], consume: true })
      for (const limitKey of both) await quotas.clearQuota({ tenantId, ...limitKey })
      for (const limitKey of both) await quotas.setQuota({ tenantId, ...limitKey, limit: '1000' })
      expect(await counts(quotas, tenantId)).toEqual({ 'tokens/day//': '710', 'tokens/sliding-day//': '710', 'tokens/month//': '210' })
    })
  })

  describe('a tenant that changes', () => {
    it('gets seeded counters for the new limits of its plan, and keeps those that both plans have', async () => {
      const { quotas, tenantId, usage, used, profiles, profileOf, names } = seeding(store(), [
        { policies: [{ ...DAILY, limit: '100' }] },
        {
          policies: [
            { ...DAILY, limit: '200' },
            { ...DAILY, window: 'month', limit: '900' },
          ],
        },
      ])
      await quotas.consume(usageToCount(used('2026-11-20T01:00:00Z', 5)))
      used('2026-11-02T01:00:00Z', 50)
      const before = profileOf(tenantId)
      profiles.set(tenantId, { ...before, plan: names[1] ?? '' })
      await quotas.tenantChanged(tenantId, undefined, before)
      expect(await counts(quotas, tenantId)).toEqual({ 'tokens/day//': '5', 'tokens/month//': '55' })
      expect(usage.asked.map(({ periods }) => periods[0]?.from.toString())).toEqual(['2026-11-01T00:00:00Z'])
    })

    it('gets seeded counters for the windows of its new calendar, even without its previous profile', async () => {
      const { quotas, tenantId, used, profiles, profileOf } = seeding(store(), [
        {
          policies: [
            { ...DAILY, limit: '100' },
            { ...DAILY, window: 'billing_period', limit: '900' },
          ],
        },
      ])
      for (const [at, tokens] of [
        ['2026-11-16T00:00:00Z', 1],
        ['2026-11-19T17:00:00Z', 10],
        ['2026-11-19T20:00:00Z', 100],
        ['2026-11-20T11:00:00Z', 1_000],
      ] as const) {
        await quotas.consume(usageToCount(used(at, tokens)))
      }
      expect(await counts(quotas, tenantId)).toEqual({ 'tokens/day//': '1000', 'tokens/billing_period//': '1111' })
      const before = profileOf(tenantId)
      profiles.set(tenantId, { ...before, timeZone: 'Asia/Kolkata' })
      await quotas.tenantChanged(tenantId)
      expect(await counts(quotas, tenantId)).toEqual({ 'tokens/day//': '1100', 'tokens/billing_period//': '1111' })
      const inIndia = profileOf(tenantId)
      profiles.set(tenantId, { ...before, billingAnchorDay: 17 })
      await quotas.tenantChanged(tenantId, undefined, inIndia)
      expect(await counts(quotas, tenantId)).toEqual({ 'tokens/day//': '1000', 'tokens/billing_period//': '1110' })
    })
  })

  describe('a published plan', () => {
    it('seeds its new limits for each of its tenants, by their own calendars, and for no other tenant', async () => {
      const { quotas, tenantId, usage, used, profiles, profileOf, names, rest } = seeding(store(), [{ policies: [{ ...DAILY, limit: '9' }] }, { policies: [] }])
      const [other, abroad, restless] = [newTenant(), newTenant(), newTenant()]
      profiles.set(other, { ...profileOf(other), plan: names[1] ?? '' })
      profiles.set(abroad, { ...profileOf(abroad), timeZone: 'America/New_York' })
      profiles.set(restless, { ...profileOf(restless), plan: 'nobody described it' })
      for (const [i, one] of [tenantId, other, abroad, restless].entries()) {
        used('2026-11-20T03:00:00Z', 10 ** i, { tenantId: one })
        used('2026-11-20T06:00:00Z', 5 * 10 ** i, { tenantId: one })
      }
      await quotas.setQuota({ tenantId, ...DAILY, window: 'month', limit: '1000' })
      usage.asked.splice(0)
      const policies = [
        { ...DAILY, limit: '10' },
        { ...DAILY, window: 'month', limit: '99' },
        { ...DAILY, window: 'day', sliding: true, limit: '99' },
      ] as const
      await quotas.publishPlan({ name: names[0] ?? '', policies, unlisted: 'allow' })
      expect(await counts(quotas, tenantId)).toEqual({ 'tokens/day//': '0', 'tokens/month//': '6', 'tokens/sliding-day//': '6' })
      expect(await counts(quotas, abroad)).toEqual({ 'tokens/day//': '0', 'tokens/month//': '600', 'tokens/sliding-day//': '600' })
      expect(await counts(quotas, other)).toEqual({})
      // The sliding day is read once for both tenants; the month only for the one that did not count it already.
      expect(usage.asked.map(({ tenantIds }) => tenantIds.toSorted())).toEqual([[tenantId, abroad].toSorted(), [abroad]])
      const looked = usage.asked.length
      await quotas.publishPlan({ name: names[0] ?? '', policies: [{ ...DAILY, limit: '20' }], unlisted: 'allow' })
      expect(usage.asked).toHaveLength(looked)
      await quotas.publishPlan({ name: rest, policies: [{ ...DAILY, limit: '10' }], unlisted: 'allow' })
      expect([await counts(quotas, restless), await counts(quotas, other)]).toEqual([{ 'tokens/day//': '6000' }, {}])
    })

    it('looks for tenants only if its counters change, and for the fallback plan only for those without another plan', async () => {
      const { quotas, usage, names, rest, tenantId } = seeding(store(), [{ policies: [{ ...DAILY, limit: '9' }] }])
      const publish = (name: string, limit: string | null) => quotas.publishPlan({ name, policies: [{ ...DAILY, limit }], unlisted: 'allow' })
      const fresh = `fresh-${tenantId}`
      await publish(names[0] ?? '', '9')
      await publish(fresh, '5')
      await publish(rest, '5')
      const [ofFresh, ofFallback, ...more] = usage.askedTenants
      expect([ofFresh, more]).toEqual([{ plan: fresh }, []])
      const others = ofFallback && 'planNotIn' in ofFallback ? ofFallback.planNotIn : []
      expect([names[0] ?? '', fresh, rest].map(name => others.includes(name))).toEqual([true, true, false])
    })
  })

  describe('a plan with lower limits', () => {
    const raised = async (quotas: Quotas, tenantId: string) =>
      (await quotas.alerts(tenantScope(tenantId), { first: 10 })).map(({ threshold, limit }) => `${threshold.toFixed()} % of ${limit.toFixed()}`)
    const plans = [{ policies: [{ ...DAILY, limit: '1000' }] }, { policies: [{ ...DAILY, limit: '100', alertAt: ['50'] }] }]

    it('alerts at once when it is published, for each of its tenants without an override', async () => {
      const { quotas, tenantId, used, profileOf, profiles, names } = seeding(store(), plans)
      const [other, exempt] = [newTenant(), newTenant()]
      profiles.set(exempt, profileOf(exempt))
      profiles.set(other, { ...profileOf(other), plan: names[1] ?? '' })
      for (const one of [tenantId, other, exempt]) {
        used('2026-11-20T03:00:00Z', 60, { tenantId: one })
        await quotas.consume({ tenantId: one, requests: [{ metric: 'tokens', amount: '40' }] })
      }
      await quotas.setQuota({ tenantId: exempt, ...DAILY, limit: '1000' })
      await quotas.publishPlan({ name: names[0] ?? '', policies: [{ ...DAILY, limit: '80', alertAt: ['50'] }], unlisted: 'allow' })
      expect([await raised(quotas, tenantId), await raised(quotas, other), await raised(quotas, exempt)]).toEqual([['50 % of 80'], [], []])
    })

    it('alerts at once when a tenant gets it', async () => {
      const { quotas, tenantId, profileOf, profiles, names } = seeding(store(), plans)
      await quotas.consume({ tenantId, requests: [{ metric: 'tokens', amount: '60' }] })
      const previous = profileOf(tenantId)
      profiles.set(tenantId, { ...previous, plan: names[1] ?? '' })
      await quotas.tenantChanged(tenantId, undefined, previous)
      expect(await raised(quotas, tenantId)).toEqual(['50 % of 100'])
    })
  })

  describe('a change of policies whose recorded usage cannot be read', () => {
    it('fails and changes nothing', async () => {
      const { quotas, tenantId, usage } = seeding(store())
      const failing = createQuotas({
        store: store(),
        policies: [],
        clock: settableClock('2026-11-20T12:00:00Z'),
        recordedUsage: {
          ...usage,
          sums: async () => {
            throw new Error('after all')
          },
        },
      })
      await expect(failing.setQuota({ tenantId, ...DAILY, limit: '1' })).rejects.toThrow('after all')
      expect([await counts(quotas, tenantId), (await quotas.overrides({ tenantId })).items]).toEqual([{}, []])
      await quotas.setQuota({ tenantId, ...DAILY, limit: '1' })
      expect(await counts(quotas, tenantId)).toEqual({ 'tokens/day//': '0' })
    })
  })
}
