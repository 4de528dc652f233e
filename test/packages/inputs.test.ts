import { definePriceModel, rateCharge } from '@tollgate/charges'
import { Decimal, OPERATOR_SCOPE, settableClock, Temporal } from '@tollgate/kernel'
import { bundledCatalog, createRater, rateUsage } from '@tollgate/pricing'
import { createQuotas } from '@tollgate/quotas'
import { memoryQuotaStore } from '@tollgate/quotas/memory'
import { createRerating, createUsage, type UsageEventDraft } from '@tollgate/usage'
import { memoryUsageStore } from '@tollgate/usage/memory'
import { describe, expect, it } from 'vitest'
import { type PublicFunction, refusedFields, wrongInputs } from '../kit/input-cases.ts'

// Programs in JavaScript have no compiler that finds a wrong field, and a misspelt one would silently do nothing.

const catalog = bundledCatalog()
const quotas = createQuotas({ store: memoryQuotaStore(), policies: [{ metric: 'tokens', window: 'day', limit: 10_000 }] })
const usage = createUsage({ store: memoryUsageStore(), rater: createRater({ catalog }) })
const RESERVED = { reservationId: '0190163d-8694-739b-aea5-966c26f8ad90', caller: 'key_1', scope: OPERATOR_SCOPE }
const QUESTION = { tenantId: 'acme', requests: [{ metric: 'tokens', amount: '5', operation: 'chat' }], dimensions: { customer: 'c1' } }
const POLICY = {
  metric: 'tokens',
  operation: 'chat',
  window: 'day',
  sliding: false,
  scope: ['customer'],
  limit: '100',
  enforcement: 'grace',
  grace: { percent: '10' },
  alertAt: ['80'],
  largestHold: '50',
  unknownAmount: 'deny',
  storeFailure: 'deny',
  validFrom: '2026-11-01T00:00:00Z',
  validTo: '2026-12-01T00:00:00Z',
}
const LIMIT = { metric: 'tokens', operation: 'chat', window: 'day', sliding: false, scope: ['customer'] }
const RANGE = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' }
const FILTER = { providers: ['openai'], statuses: ['success'] }

const functions: PublicFunction[] = [
  {
    name: 'createQuotas',
    call: createQuotas,
    input: () => ({
      store: memoryQuotaStore(),
      clock: settableClock('2026-11-20T00:00:00Z'),
      retention: {},
      plans: [{ name: 'basic', policies: [POLICY], unlisted: 'allow' }],
      tenants: () => ({ plan: 'basic', timeZone: 'UTC', billingAnchorDay: 1 }),
      fallbackPlan: 'basic',
    }),
    required: ['store', 'tenants'],
    nested: ['plans.0'],
  },
  {
    name: 'enforce',
    call: quotas.enforce,
    input: () => ({ ...QUESTION, consume: true, caller: 'k', idempotencyKey: 'once' }),
    required: ['tenantId', 'requests'],
    nested: ['requests.0', 'dimensions'],
  },
  {
    name: 'reserve',
    call: quotas.reserve,
    input: () => ({ ...QUESTION, caller: 'k', ttlSeconds: 60 }),
    required: ['tenantId', 'requests'],
    nested: ['requests.0'],
  },
  { name: 'settle', call: quotas.settle, input: () => ({ ...RESERVED, actual: QUESTION.requests }), required: ['reservationId'] },
  { name: 'release', call: quotas.release, input: () => RESERVED, required: ['reservationId'] },
  { name: 'extend', call: quotas.extend, input: () => ({ ...RESERVED, ttlSeconds: 60 }), required: ['reservationId', 'ttlSeconds'] },
  {
    name: 'consume',
    call: quotas.consume,
    input: () => ({ ...QUESTION, at: new Date(), reservationId: 'r' }),
    required: ['tenantId', 'requests'],
    nested: ['requests.0'],
  },
  { name: 'status', call: quotas.status, input: () => ({ tenantId: 'acme', customerId: 'c1', first: 10 }), required: ['tenantId'] },
  {
    name: 'usage of quotas',
    call: quotas.usage,
    input: () => ({ tenantId: 'acme', limitKey: LIMIT, atLeastPercent: '80', first: 10 }),
    required: ['tenantId'],
    nested: ['limitKey'],
  },
  {
    name: 'nearLimits',
    call: input => quotas.nearLimits(OPERATOR_SCOPE, input),
    input: () => ({ atLeastPercent: 80, exceeded: false, first: 10 }),
    required: [],
  },
  {
    name: 'history',
    call: quotas.history,
    input: () => ({ ...LIMIT, tenantId: 'acme', scopeValue: ['c1'], first: 10 }),
    required: ['tenantId', 'metric', 'window'],
  },
  {
    name: 'setQuota',
    call: quotas.setQuota,
    input: () => ({ ...POLICY, tenantId: 'acme', setBy: 'ana' }),
    required: ['tenantId', 'metric', 'window', 'limit'],
    nested: ['grace'],
  },
  { name: 'clearQuota', call: quotas.clearQuota, input: () => ({ ...LIMIT, tenantId: 'acme', setBy: 'ana' }), required: ['tenantId', 'metric', 'window'] },
  { name: 'overrides', call: quotas.overrides, input: () => ({ tenantId: 'acme', first: 10 }), required: ['tenantId'] },
  {
    name: 'publishPlan',
    call: quotas.publishPlan,
    input: () => ({ name: 'pro', policies: [POLICY], unlisted: 'deny', setBy: 'ana' }),
    required: ['name', 'policies', 'unlisted'],
    nested: ['policies.0'],
  },
  {
    name: 'latestAlerts',
    call: input => quotas.latestAlerts(OPERATOR_SCOPE, input),
    input: () => ({ first: 10, before: '9' }),
    required: ['first'],
  },
  { name: 'quota', call: quotas.quota, input: () => ({ tenantId: 'acme', limitKey: LIMIT, scopeValue: ['c1'] }), required: ['tenantId', 'limitKey'] },
  { name: 'alerts', call: input => quotas.alerts(OPERATOR_SCOPE, input), input: () => ({ first: 10, after: '0' }), required: ['first'] },
  {
    name: 'createUsage',
    call: createUsage,
    input: () => ({ store: memoryUsageStore(), rater: createRater({ catalog }), clock: settableClock('2026-11-20T00:00:00Z'), limits: {} }),
    required: ['store', 'rater'],
  },
  {
    name: 'createRerating',
    call: createRerating,
    input: () => ({ store: {}, rater: {}, clock: settableClock('2026-11-20T00:00:00Z'), ids: {}, correctionHooks: [], chunkEvents: 10, onFailure: () => {} }),
    required: ['store', 'rater', 'clock', 'ids'],
  },
  { name: 'track', call: usage.track, input: () => ({ tenantId: 'acme', events: [{ operation: 'chat' }], caller: 'k' }), required: ['tenantId', 'events'] },
  {
    name: 'report',
    call: input => usage.report(OPERATOR_SCOPE, input),
    input: () => ({ range: RANGE, filter: FILTER, costs: 'corrected' }),
    required: ['range'],
    nested: ['range', 'filter'],
  },
  {
    name: 'topConsumers',
    call: input => usage.topConsumers(OPERATOR_SCOPE, input),
    input: () => ({ measure: 'cost', range: RANGE, first: 10, latency: false }),
    required: ['measure', 'range'],
    nested: ['range'],
  },
  {
    name: 'unpriced',
    call: input => usage.unpriced(OPERATOR_SCOPE, input),
    input: () => ({ range: RANGE, first: 10 }),
    required: ['range'],
    nested: ['range'],
  },
  {
    name: 'rateUsage',
    call: rateUsage,
    input: () => ({ catalog, provider: 'openai', model: 'gpt-4o', tokens: { input: 1 }, units: [], at: RANGE.from, tenantId: 'acme', reportedCost: 1 }),
    required: ['catalog', 'provider', 'model', 'at'],
    nested: ['tokens'],
  },
  {
    name: 'rateCharge',
    call: rateCharge,
    input: () => ({
      usage: { quantity: 5 },
      context: { at: RANGE.from },
      priceModel: definePriceModel({ kind: 'per-unit', unitPrice: '0.10' }),
      discounts: [],
      currency: 'USD',
    }),
    required: ['usage', 'context'],
    nested: ['context'],
  },
  { name: 'definePriceModel', call: definePriceModel, input: () => ({ kind: 'per-unit', unitPrice: '0.10' }), required: ['kind', 'unitPrice'] },
]

describe('a public function', () => {
  it.each(functions.map(one => [one.name, one] as const))('%s accepts the input from which the wrong ones are made', async (_, { call, input }) => {
    const error: unknown = await Promise.try(() => call(input() as never)).catch((reason: unknown) => reason)
    expect(error instanceof Error ? (error as { code?: string }).code : undefined).not.toBe('INVALID_INPUT')
  })

  it.each(functions.flatMap(wrongInputs).map(one => [one.name, one] as const))('refuses %s, and names the field', async (_, { field, call }) => {
    const fields = await refusedFields(call)
    if (field !== '') expect(fields.some(path => path === field || path.startsWith(`${field}.`) || path.endsWith(field))).toBe(true)
  })

  it.each([
    ['plans without tenants', { plans: [] }, 'tenants'],
    ['plans and policies', { plans: [], tenants: () => undefined, policies: [] }, 'plans'],
    ['neither plans nor policies', {}, 'policies'],
    ['a plan to fall back to without plans', { policies: [], fallbackPlan: 'basic' }, 'fallbackPlan'],
  ])('refuses %s', async (_, options, field) => {
    expect(await refusedFields(() => createQuotas({ store: memoryQuotaStore(), ...options } as never))).toEqual([field])
  })
})

describe('the same value', () => {
  const amounts = [
    ['text', '5'],
    ['a Decimal', new Decimal(5)],
    ['an integer', 5],
  ] as const
  const instant = Temporal.Instant.from('2026-11-20T09:30:00Z')
  const times = [
    ['text', '2026-11-20T10:30:00+01:00'],
    ['a Date', new Date(instant.epochMilliseconds)],
    ['an instant', instant],
    ['a zoned time', instant.toZonedDateTimeISO('Asia/Kolkata')],
  ] as const

  it.each(amounts)('can be an amount as %s', async (_, amount) => {
    const own = createQuotas({ store: memoryQuotaStore(), policies: [{ metric: 'tokens', window: 'day', limit: amount }] })
    expect((await own.enforce({ tenantId: 'acme', requests: [{ metric: 'tokens', amount }], consume: true })).allowed).toBe(true)
    expect((await own.status({ tenantId: 'acme' })).quotas[0]?.remaining?.toFixed()).toBe('0')
    const event = await track({ operation: 'compute', quantity: amount, reportedCost: amount, credits: amount, units: [{ kind: 'search', quantity: amount }] })
    expect([event.quantity?.toFixed(), event.reportedCost?.toFixed(), event.credits?.toFixed(), event.units]).toEqual([
      '5',
      '5',
      '5',
      [{ kind: 'search', quantity: '5' }],
    ])
    expect(rateUsage({ catalog, provider: 'nobody', model: 'x', at: instant, reportedCost: amount }).cost?.toFixed()).toBe('5')
  })

  it.each([0.5, Number.NaN, 2 ** 53, Infinity])('is never the number %d, which is not exact', async amount => {
    expect(await refusedFields(() => quotas.enforce({ tenantId: 'acme', requests: [{ metric: 'tokens', amount }] }))).toEqual(['requests.0.amount'])
  })

  it.each(times)('can be a time as %s', async (_, time) => {
    expect((await track({ operation: 'chat', occurredAt: time })).occurredAt.equals(instant)).toBe(true)
    expect(rateUsage({ catalog, provider: 'openai', model: 'gpt-4o', tokens: { input: 1_000_000 }, at: time }).cost?.toFixed()).toBe('2.5')
    const priceModel = definePriceModel({ kind: 'per-unit', unitPrice: 1 })
    const charged = rateCharge({ usage: { quantity: 1 }, context: { at: time }, priceModel })
    expect(charged.state === 'charged' && charged.explanation.at).toBe(instant.toString())
    const override = await quotas.setQuota({ tenantId: 'acme', metric: 'cost', window: 'day', limit: 1, validFrom: time })
    expect(override.policy?.validFrom?.equals(instant)).toBe(true)
    await quotas.consume({ tenantId: 'acme', requests: [{ metric: 'tokens', amount: 1 }], at: time })
  })

  async function track(event: UsageEventDraft) {
    const [tracked] = await usage.track({ tenantId: 'acme', events: [event] })
    if (tracked?.outcome !== 'accepted') throw new Error(JSON.stringify(tracked))
    const [recorded] = await usage.eventsById(OPERATOR_SCOPE, [tracked.eventId])
    if (recorded === undefined) throw new Error('The event was not recorded')
    return recorded
  }
})
