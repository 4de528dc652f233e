import { countingIds, Decimal, OPERATOR_SCOPE, settableClock, Temporal, tenantScope, ZERO } from '@tollgate/kernel'
import { createPriceCatalog, type PriceCatalog, rateUsage } from '@tollgate/pricing'
import { makePrice } from '@tollgate/pricing/testing'
import { describe, expect, it } from 'vitest'
import { createChargeRules } from './create-charge-rules.ts'
import { createCharges } from './create-charges.ts'
import { createPromotions } from './create-promotions.ts'
import { describeCharge } from './engine/explanation/describe-charge.ts'
import { hideCosts } from './engine/explanation/hide-costs.ts'
import { verifyExplanation } from './engine/explanation/verify-explanation.ts'
import { memoryChargedTenants, memoryChargedUsage, memoryChargeRuleStore, memoryDiscountLedger } from './memory/index.ts'
import type { ChargeRuleDraft, ChargeRuleTerms } from './model/rules/charge-rule.ts'
import type { ChargedEvent, EventRating } from './model/usage/charged-event.ts'
import { type ChargedEventTraits, makeChargedEvent } from './testing/index.ts'

const clock = settableClock('2026-12-01T00:00:00Z')
const january = Temporal.Instant.from('2026-01-01T00:00:00Z')
const range = { from: Temporal.Instant.from('2026-11-01T00:00:00Z'), to: Temporal.Instant.from('2026-12-01T00:00:00Z') }
/** 10 USD per million input tokens of "large", and 1 USD of "small". A web search costs 0.5 USD. */
const prices = createPriceCatalog(
  [
    { model: 'large', input: '10' },
    { model: 'small', input: '1' },
  ].map(({ model, input }) =>
    makePrice({ id: model, model, rates: { input }, units: [{ kind: 'web_search', price: new Decimal('0.5') }], from: january.toString() }),
  ),
)

function rateEvent(catalog: PriceCatalog, event: Omit<ChargedEvent, 'rating'>): EventRating {
  const { provider, model, tokens, units, region, occurredAt: at, tenantId } = event
  if (provider === null || model === null) return { state: 'not_applicable', cost: null, priceId: null }
  const rated = rateUsage({ catalog, provider, model, tokens, units, at, tenantId, region: region ?? undefined })
  return rated.state === 'priced' ? { state: 'priced', cost: rated.cost, priceId: rated.price.id } : { state: 'unpriced', cost: null, priceId: null }
}

/** Charges of some events, a million tokens each by default. The tenant "acme" has the plan "pro", "euro" the currency EUR. */
function chargesOf(traits: readonly ChargedEventTraits[]) {
  const events = traits.map(one => makeChargedEvent({ tokens: { input: 1_000_000 }, ...one })).map(event => ({ ...event, rating: rateEvent(prices, event) }))
  const tenants = memoryChargedTenants([
    { id: 'acme', plan: 'pro' },
    { id: 'euro', currency: 'EUR' },
    {
      id: 'mover',
      plan: 'business',
      planHistory: {
        before: 'free',
        changes: [
          { from: Temporal.Instant.from('2026-11-10T00:00:00Z'), plan: 'pro' },
          { from: Temporal.Instant.from('2026-11-20T00:00:00Z'), plan: 'business' },
        ],
      },
    },
  ])
  const rules = createChargeRules({ store: memoryChargeRuleStore(), clock, ids: countingIds() })
  const promotions = createPromotions({ ledger: memoryDiscountLedger(), rules, tenants, clock, ids: countingIds() })
  const pricing = {
    catalog: async () => prices,
    pricesByIds: async (_scope: unknown, ids: readonly string[]) => prices.prices.filter(({ id }) => ids.includes(id)),
  }
  const charges = createCharges({ usage: memoryChargedUsage(events), tenants, pricing, rules, promotions, rateEvent })
  const publish = (name: string, terms: ChargeRuleTerms, draft: Partial<ChargeRuleDraft> = {}) =>
    rules.publish(OPERATOR_SCOPE, { name, from: january, terms, ...draft })
  const explain = async (position: number) => {
    const explained = await charges.explainEvent(OPERATOR_SCOPE, events[position]?.id ?? '')
    if (explained === undefined) throw new Error('The event is unknown.')
    return explained.charge
  }
  return { charges, events, promotions, publish, explain }
}

const markup = (percent: number) => ({ kind: 'markup' as const, percent })
const tiers = { kind: 'graduated' as const, tiers: [{ from: 0, unitPrice: '0.000002' }, { from: 1_500_000, unitPrice: '0.000001' }] } // prettier-ignore

describe('explainEvent', () => {
  it('charges the cost with markup and proportional discounts, and notes fixed amounts', async () => {
    const { publish, explain } = chargesOf([{}])
    await publish('standard', markup(20))
    await publish('ten', { kind: 'discount', discount: { effect: { kind: 'percentage', percent: 10 } } })
    await publish('welcome', { kind: 'discount', discount: { effect: { kind: 'fixed', amount: 5 } } })
    const charge = await explain(0)
    expect([charge.cost?.toFixed(), charge.charge?.toFixed()]).toEqual(['10', '10.8'])
    expect(charge.notes).toEqual(['the discount welcome v1 is a fixed amount off the charge of a period; it does not apply to single calls'])
    expect(charge.explanation && verifyExplanation(charge.explanation)).toEqual([])
    expect(describeCharge(charge)).toMatch(/^Charge of 10\.8 USD.*\nNote: the discount welcome v1 is a fixed amount .*\n$/s)
  })
  it('hides cost and markup as one price that still adds up', async () => {
    const { publish, explain } = chargesOf([{}])
    await publish('standard', markup(20))
    await publish('ten', { kind: 'discount', discount: { effect: { kind: 'percentage', percent: 10 } } })
    const hidden = hideCosts(await explain(0))
    expect([hidden.cost, hidden.charge?.toFixed()]).toEqual([null, '10.8'])
    expect(hidden.explanation?.steps.map(({ step, after }) => [step, after])).toEqual([
      ['price', '12'],
      ['discount', '10.8'],
      ['rounding', '10.8'],
    ])
    expect(hidden.explanation && verifyExplanation(hidden.explanation)).toEqual([])
    expect(describeCharge(hidden)).not.toMatch(/markup|cost|20 %|\b10 USD/i)
  })
  it('hides the cost that a price list takes a percentage of, and shows any other price list', async () => {
    const { publish, explain } = chargesOf([{}])
    await publish('share', { kind: 'price-model', priceModel: { kind: 'percentage', percent: 130 } })
    const hidden = hideCosts(await explain(0))
    expect(hidden.explanation?.steps[0]).toMatchObject({ step: 'price', kind: 'sum', after: '13', lines: [{ unitPrice: '13' }] })
    expect(hidden.explanation && verifyExplanation(hidden.explanation)).toEqual([])
    await publish('share', { kind: 'price-model', priceModel: tiers })
    const shown = await explain(0)
    expect(hideCosts(shown).explanation).toEqual(shown.explanation)
  })
  it('charges what an event adds to its month by a price list', async () => {
    const { publish, explain, charges } = chargesOf([
      { at: '2026-11-02T00:00:00Z' },
      { at: '2026-11-03T00:00:00Z' },
      { at: '2026-11-03T00:00:00Z' },
      { at: '2026-10-31T23:59:59Z' },
    ])
    await publish('list', { kind: 'price-model', priceModel: tiers })
    const added = await Promise.all([0, 1, 2].map(async i => (await explain(i)).charge?.toFixed()))
    expect(added).toEqual(['2', '1.5', '1'])
    expect((await charges.explainPeriod({ tenantId: 'acme', range })).total.charge?.toFixed()).toBe('4.5')
  })
  it('gives the reason if there is no charge', async () => {
    const { explain } = chargesOf([{ model: 'new' }, { provider: null, model: null, tokens: null }])
    expect(await explain(0)).toMatchObject({ state: 'unpriced', charge: null, reason: expect.stringContaining('"new"') })
    const job = await explain(1)
    expect(job).toMatchObject({ state: 'not_applicable', charge: null, reason: 'the event used no model, so there is nothing to charge' })
    expect(describeCharge(job)).toBe('No charge: the event used no model, so there is nothing to charge\n')
  })
  it('charges units by their cost, with a line for each', async () => {
    const searches = [{ kind: 'web_search', quantity: '3' }]
    const { publish, explain } = chargesOf([{ units: searches }, { tokens: null, units: searches }])
    await publish('standard', markup(20))
    const [call, search] = [await explain(0), await explain(1)]
    expect([call.cost?.toFixed(), call.charge?.toFixed(), search.charge?.toFixed()]).toEqual(['11.5', '13.8', '1.8'])
    expect(call.explanation?.steps[0]).toMatchObject({ step: 'cost', rule: 'large', lines: [{ label: 'input' }, { label: 'web_search', amount: '1.5' }] })
    expect(call.explanation && verifyExplanation(call.explanation)).toEqual([])
  })
  it('counts no units by a price list of tokens, and says so for an event without tokens', async () => {
    const { publish, explain } = chargesOf([
      { units: [{ kind: 'web_search', quantity: '3' }] },
      { tokens: null, units: [{ kind: 'web_search', quantity: '3' }] },
    ])
    await publish('list', { kind: 'price-model', priceModel: tiers, counts: 'tokens' })
    expect((await explain(0)).charge?.toFixed()).toBe('2')
    expect(await explain(1)).toMatchObject({ state: 'not_applicable', charge: null, reason: 'list v1 counts tokens, and the event has none' })
  })
  it('gives the reason why a unit or a call without usage has no price', async () => {
    const { explain } = chargesOf([{ units: [{ kind: 'image', quantity: '1' }] }, { tokens: null }])
    expect(await explain(0)).toMatchObject({ state: 'unpriced', reason: 'the price of acme-ai large has no price for the unit image' })
    expect(await explain(1)).toMatchObject({ state: 'unpriced', reason: expect.stringContaining('the call has no tokens and no units') })
  })
  it('returns undefined for an event of another tenant', async () => {
    const { charges, events } = chargesOf([{}])
    expect(await charges.explainEvent(tenantScope('globex'), events[0]?.id ?? '')).toBeUndefined()
  })
})

describe('explainPeriod', () => {
  it('charges each part by the rules of its time', async () => {
    const { publish, charges } = chargesOf([{ at: '2026-11-05T00:00:00Z' }, { at: '2026-11-20T00:00:00Z' }, { at: '2026-11-20T00:00:00Z', model: 'small' }])
    await publish('standard', markup(20))
    await publish('standard', markup(50), { from: Temporal.Instant.from('2026-11-15T00:00:00Z') })
    const { parts, models, total, calls } = await charges.explainPeriod({ tenantId: 'acme', range })
    expect(parts.map(part => part.total.charge?.toFixed())).toEqual(['12', '16.5'])
    expect(models.map(({ model, cost, charge }) => [model, cost?.toFixed(), charge?.charge?.toFixed()])).toEqual([
      ['large', '20', '27'],
      ['small', '1', '1.5'],
    ])
    expect([calls, total.charge?.toFixed()]).toEqual([3, '28.5'])
    expect((await charges.explainPeriod({ tenantId: 'acme', range, at: range.from })).total.charge?.toFixed()).toBe('25.2')
  })
  it('starts a coupon at its redemption, and books its discount', async () => {
    const { publish, charges, promotions } = chargesOf([{ at: '2026-11-05T00:00:00Z' }, { at: '2026-11-20T00:00:00Z' }])
    await publish('launch', { kind: 'discount', discount: { effect: { kind: 'percentage', percent: 50 }, conditions: [{ kind: 'coupon', code: 'LAUNCH' }] } })
    clock.set('2026-11-15T00:00:00Z')
    await promotions.redeemCoupon({ code: 'launch', tenantId: 'acme' })
    clock.set('2026-12-01T00:00:00Z')
    const { parts, discounts } = await charges.explainPeriod({ tenantId: 'acme', range })
    expect(parts.map(part => part.total.charge?.toFixed())).toEqual(['10', '5'])
    await promotions.bookDiscounts({ tenantId: 'acme', chargeId: 'invoice-1', discounts })
    expect((await promotions.totals(['launch'])).get('launch')).toMatchObject({ redemptions: 1, discounted: ZERO.plus(5) })
  })
  it('recognizes a first-time customer by its usage before the period', async () => {
    const old = { at: '2026-10-01T00:00:00Z', customer: 'old' }
    const { publish, charges } = chargesOf([old, { customer: 'old' }, { customer: 'new' }])
    await publish('first', { kind: 'discount', discount: { effect: { kind: 'percentage', percent: 50 }, conditions: [{ kind: 'first-time-customer' }] } })
    const chargeOf = async (customer: string) =>
      (await charges.explainPeriod({ tenantId: 'acme', range, filter: { customer: [customer] } })).total.charge?.toFixed()
    expect([await chargeOf('old'), await chargeOf('new')]).toEqual(['10', '5'])
  })
  it('notes a currency that is not converted, and calls without a price', async () => {
    const { charges } = chargesOf([{ tenantId: 'euro' }, { tenantId: 'euro', model: 'new' }])
    const { total } = await charges.explainPeriod({ tenantId: 'euro', range })
    expect(total).toMatchObject({ currency: 'USD', charge: ZERO.plus(10) })
    expect(total.notes).toEqual([
      '1 of 2 calls have no price; their cost is unknown and not included',
      'all amounts are in USD, the currency of prices; they are not converted to EUR',
    ])
  })
})

describe('past usage of a tenant whose plan has changed', () => {
  const events = ['2026-11-05T00:00:00Z', '2026-11-15T00:00:00Z', '2026-11-25T00:00:00Z'].map(at => ({ tenantId: 'mover', at }))

  it('is charged by the plan of its time', async () => {
    const { publish, charges, explain } = chargesOf(events)
    await publish('pro', markup(20), { plan: 'pro' })
    await publish('business', markup(50), { plan: 'business' })
    const { parts, total } = await charges.explainPeriod({ tenantId: 'mover', range })
    expect(parts.map(part => `${part.range.from.toString().slice(8, 10)} ${part.total.charge?.toFixed() ?? ''}`)).toEqual(['01 10', '10 12', '20 15'])
    expect(total.charge?.toFixed()).toBe('37')
    expect(await Promise.all([0, 1, 2].map(async position => (await explain(position)).charge?.toFixed()))).toEqual(['10', '12', '15'])
    expect((await charges.explainPeriod({ tenantId: 'mover', range, at: range.from })).total.charge?.toFixed()).toBe('30')
  })

  it('gets the discounts of the tier of its time', async () => {
    const { publish, charges } = chargesOf(events)
    await publish('loyal', {
      kind: 'discount',
      discount: { effect: { kind: 'percentage', percent: 50 }, conditions: [{ kind: 'billing-tier', anyOf: ['pro'] }] },
    })
    expect((await charges.explainPeriod({ tenantId: 'mover', range })).total.charge?.toFixed()).toBe('25')
    const measured = await charges.measure({ tenantId: 'mover', range, viewer: { kind: 'tenant', tenantId: 'mover', keyId: null } })
    expect(measured.charge?.toFixed()).toBe('25')
  })

  it('continues the tiers and maximums of rules that both plans have', async () => {
    const { publish, charges, explain } = chargesOf(events)
    await publish('list', { kind: 'price-model', priceModel: tiers })
    await publish('capped', { kind: 'discount', discount: { effect: { kind: 'percentage', percent: 50 }, maximum: 1 } })
    const { parts, total } = await charges.explainPeriod({ tenantId: 'mover', range })
    expect(parts).toHaveLength(3)
    expect(total.charge?.toFixed()).toBe('3.5')
    expect((await explain(2)).explanation?.steps[0]).toMatchObject({ kind: 'graduated', after: '1' })
  })

  it('is simulated on one other plan for the whole range', async () => {
    const { publish, charges } = chargesOf(events)
    await publish('pro', markup(20), { plan: 'pro' })
    const { total } = await charges.simulate({ tenantId: 'mover', range, maxEvents: 10, scenario: { plan: 'pro' } })
    expect([total.current.charge?.toFixed(), total.simulated.charge?.toFixed()]).toEqual(['32', '36'])
  })
})

describe('simulate', () => {
  const request = { tenantId: 'acme', range, maxEvents: 10 }

  it('rates events again if prices or models change', async () => {
    const { charges } = chargesOf([{ feature: 'chat' }, { feature: 'chat', model: 'small' }, { model: 'large-2026-05-05' }])
    const models = [{ from: { provider: 'acme-ai', model: 'large' }, to: { provider: 'acme-ai', model: 'small' } }]
    const { method, total, groups } = await charges.simulate({ ...request, scenario: { models }, by: ['feature'] })
    expect([method, total.current.cost.toFixed(), total.simulated.cost.toFixed(), total.costDifference.toFixed()]).toEqual(['events', '21', '3', '-18'])
    expect(groups.map(({ key, simulated }) => [key[0]?.value, simulated.charge?.toFixed()])).toEqual([
      ['chat', '2'],
      [null, '1'],
    ])
  })
  it('works from sums if costs stay the same', async () => {
    const { publish, charges } = chargesOf([{}])
    await publish('basic', markup(20))
    await publish('pro', { kind: 'discount', discount: { effect: { kind: 'percentage', percent: 50 } } }, { plan: 'pro' })
    const charge = async (scenario: Parameters<typeof charges.simulate>[0]['scenario']) => {
      const { method, total } = await charges.simulate({ ...request, scenario })
      return [method, total.current.charge?.toFixed(), total.simulated.charge?.toFixed()]
    }
    expect(await charge({})).toEqual(['rollups', '6', '6'])
    expect(await charge({ plan: null })).toEqual(['rollups', '6', '12'])
    expect(await charge({ markups: [], discounts: [] })).toEqual(['rollups', '6', '10'])
    expect(await charge({ priceModel: { kind: 'flat-fee', fee: 9 }, discounts: [] })).toEqual(['rollups', '6', '9'])
  })
  it('rejects invalid scenarios and too many events', async () => {
    const { charges } = chargesOf([{}, {}])
    const models = [{ from: { provider: 'acme-ai', model: 'large' }, to: { provider: 'acme-ai', model: 'small' } }]
    const simulate = (scenario: Parameters<typeof charges.simulate>[0]['scenario'], maxEvents = 10) => charges.simulate({ ...request, scenario, maxEvents })
    await expect(simulate({ markups: [], priceModel: { kind: 'flat-fee', fee: 1 } })).rejects.toThrow(
      /^scenario\.priceModel: must not be combined with markups/,
    )
    await expect(simulate({ discounts: [{ id: 'd', effect: { kind: 'fixed', amount: -1 } }] })).rejects.toThrow(/^scenario\.discounts\.0\.effect\.amount: /)
    await expect(simulate({ models: [...models, ...models] })).rejects.toThrow('scenario.models: must not replace a model twice')
    await expect(simulate({ models }, 1)).rejects.toThrow(/^range: has 2 events, and other prices or models can be simulated for at most 1;/)
  })
})
