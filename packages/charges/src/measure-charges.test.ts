import { countingIds, OPERATOR_SCOPE, type Period, period, settableClock, Temporal, ZERO } from '@tollgate/kernel'
import { createPriceCatalog } from '@tollgate/pricing'
import { makePrice } from '@tollgate/pricing/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createChargeRules } from './create-charge-rules.ts'
import { createCharges } from './create-charges.ts'
import { createPromotions } from './create-promotions.ts'
import { memoryChargedTenants, memoryChargedUsage, memoryChargeRuleStore, memoryDiscountLedger } from './memory/index.ts'
import type { ChargeShare } from './measure-charges.ts'
import type { ChargeRuleTerms } from './model/rules/charge-rule.ts'
import { type ChargedEventTraits, makeChargedEvent } from './testing/index.ts'

const at = (text: string) => Temporal.Instant.from(text)
const clock = settableClock('2026-12-01T00:00:00Z')
const range = period(at('2026-11-01T00:00:00Z'), at('2026-11-05T00:00:00Z'))
const days = [1, 2, 3, 4].map(day => period(at(`2026-11-0${day}T00:00:00Z`), at(`2026-11-0${day + 1}T00:00:00Z`)))
const catalog = createPriceCatalog([makePrice({ id: 'large', model: 'large', rates: { input: '10' }, from: '2026-01-01T00:00:00Z' })])

/** Charges of some events of "acme" that cost 10 USD each, unless they say otherwise. */
function chargesOf(events: readonly (ChargedEventTraits & { readonly cost?: string })[]) {
  const made = events.map(({ cost = '10', ...traits }) => ({
    ...makeChargedEvent({ tokens: { input: 1_000_000 }, ...traits }),
    rating: { state: 'priced' as const, cost: ZERO.plus(cost), priceId: 'large' },
  }))
  const tenants = memoryChargedTenants([{ id: 'acme' }])
  const rules = createChargeRules({ store: memoryChargeRuleStore(), clock, ids: countingIds() })
  const promotions = createPromotions({ ledger: memoryDiscountLedger(), rules, tenants, clock, ids: countingIds() })
  const pricing = { catalog: async () => catalog, pricesByIds: async () => [] }
  const charges = createCharges({
    usage: memoryChargedUsage(made),
    tenants,
    pricing,
    rules,
    promotions,
    rateEvent: () => ({ state: 'unpriced', cost: null, priceId: null }),
  })
  const publish = (name: string, terms: ChargeRuleTerms, from = '2026-01-01T00:00:00Z') => rules.publish(OPERATOR_SCOPE, { name, from: at(from), terms })
  return { charges, publish }
}

const shown = (shares: readonly ChargeShare[]) =>
  shares.map(({ bucket, key, charge }) => [bucket, ...key, charge?.toFixed()]).toSorted((a, b) => String(a).localeCompare(String(b)))
const markup = (percent: number) => ({ kind: 'markup' as const, percent })

describe('measure', () => {
  const events = [
    { at: '2026-11-01T10:00:00Z', feature: 'chat' },
    { at: '2026-11-01T11:00:00Z', feature: 'search' },
    { at: '2026-11-03T10:00:00Z', feature: 'chat' },
  ]

  it('divides a charge over days and features, by the rules of each time', async () => {
    const { charges, publish } = chargesOf(events)
    await publish('standard', markup(20))
    await publish('standard', markup(50), '2026-11-02T00:00:00Z')
    const measured = await charges.measure({ tenantId: 'acme', range, by: ['feature'], buckets: days })
    expect([measured.currency, measured.charge?.toFixed()]).toEqual(['USD', '39'])
    expect(shown(measured.shares)).toEqual([
      [0, 'chat', '12'],
      [0, 'search', '12'],
      [2, 'chat', '15'],
    ])
  })
  it('shares what applies once per period in proportion', async () => {
    const { charges, publish } = chargesOf(events)
    await publish('welcome', { kind: 'discount', discount: { effect: { kind: 'fixed', amount: 6 } } })
    const measured = await charges.measure({ tenantId: 'acme', range, buckets: days })
    expect(measured.charge?.toFixed()).toBe('24')
    expect(shown(measured.shares)).toEqual([
      [0, '16'],
      [2, '8'],
    ])
  })
  it('charges the same as the explanation of the period', async () => {
    const { charges, publish } = chargesOf(events)
    await publish('list', { kind: 'price-model', priceModel: { kind: 'flat-fee', fee: 100 } })
    const { total } = await charges.explainPeriod({ tenantId: 'acme', range })
    expect((await charges.measure({ tenantId: 'acme', range })).charge?.toFixed()).toBe(total.charge?.toFixed())
  })
  it('is 0, and has no shares, without usage', async () => {
    const measured = await chargesOf([]).charges.measure({ tenantId: 'acme', range })
    expect([measured.charge?.toFixed(), measured.shares]).toEqual(['0', []])
  })
  it.each([{ buckets: [] }, { buckets: days.slice(1) }, { buckets: days.slice(0, 3) }, { buckets: days.filter((_day, position) => position !== 1) }])(
    'rejects buckets that do not cover the range: $buckets.length',
    async ({ buckets }: { buckets: readonly Period[] }) => {
      await expect(chargesOf([]).charges.measure({ tenantId: 'acme', range, buckets })).rejects.toThrow('buckets: must adjoin, and cover the range')
    },
  )
})

it('shares add up to the charge, however it is divided', async () => {
  const event = fc.record({
    at: fc.integer({ min: 0, max: 4 * 86_400 - 1 }).map(seconds => range.from.add({ seconds }).toString()),
    feature: fc.constantFrom('chat', 'search', undefined),
    cost: fc.integer({ min: 0, max: 1_000_000 }).map(micros => ZERO.plus(`${micros}e-6`).toFixed()),
  })
  const rule = fc.constantFrom<ChargeRuleTerms>(
    markup(40),
    { kind: 'discount', discount: { effect: { kind: 'percentage', percent: 15 }, maximum: '0.2' } },
    { kind: 'discount', discount: { effect: { kind: 'fixed', amount: '0.7' } } },
    {
      kind: 'price-model',
      priceModel: {
        kind: 'graduated',
        tiers: [
          { from: 0, unitPrice: '0.000003' },
          { from: 2_000_000, unitPrice: '0.000001' },
        ],
      },
    },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 12 }), fc.uniqueArray(rule, { maxLength: 3, selector: JSON.stringify }), async (events, rules) => {
      const kinds = new Set(rules.map(({ kind }) => kind))
      fc.pre(!(kinds.has('markup') && kinds.has('price-model')))
      const { charges, publish } = chargesOf(events.map(({ feature, ...one }) => ({ ...one, ...(feature !== undefined && { feature }) })))
      for (const [position, terms] of rules.entries()) await publish(`rule ${position}`, terms)
      const whole = await charges.measure({ tenantId: 'acme', range })
      const divided = await charges.measure({ tenantId: 'acme', range, by: ['feature'], buckets: days })
      expect(divided.charge?.toFixed()).toBe(whole.charge?.toFixed())
      expect(divided.shares.reduce((sum, { charge }) => sum.plus(charge ?? ZERO), ZERO).toFixed()).toBe(whole.charge?.toFixed())
    }),
    { numRuns: 60 },
  )
})
