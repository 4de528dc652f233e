import { memoryChargeRuleStore } from './memory/index.ts'
import { countingIds, Decimal, InvalidInput, OPERATOR_SCOPE, settableClock, Temporal, tenantScope } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ChargeRuleDraft, ChargeRuleTerms } from './model/rules/charge-rule.ts'
import type { ChargeRules } from './charge-rules.ts'
import { createChargeRules } from './create-charge-rules.ts'

const NOW = '2026-11-20T12:00:00Z'
const at = (text: string) => Temporal.Instant.from(text)
const clock = settableClock(NOW)
let rules: ChargeRules
beforeEach(() => {
  clock.set(NOW)
  rules = createChargeRules({ store: memoryChargeRuleStore(), clock, ids: countingIds() })
})

const publish = (draft: ChargeRuleDraft) => rules.publish(OPERATOR_SCOPE, draft)
const markup = (percent: number, draft: Partial<ChargeRuleDraft> = {}) => publish({ name: 'standard', terms: { kind: 'markup', percent }, ...draft })
const discount = (name: string, percent: number, draft: Partial<ChargeRuleDraft> = {}) =>
  publish({ name, terms: { kind: 'discount', discount: { effect: { kind: 'percentage', percent } } }, ...draft })
const found = (lookup: { at?: string; tenantId?: string; plan?: string } = {}) =>
  rules.inEffect({ at: at(lookup.at ?? NOW), tenantId: lookup.tenantId ?? 'acme', plan: lookup.plan ?? null })
const percents = async (lookup?: Parameters<typeof found>[0]) =>
  (await found(lookup)).markups.mostSpecificFirst.map(({ id, percent }) => `${id}: ${percent.toFixed()}`)

describe('a charge rule', () => {
  it('is in effect from its publication on by default', async () => {
    await markup(20)
    expect(await percents()).toEqual(['standard v1: 20'])
    expect(await percents({ at: '2026-11-20T11:59:59.999999Z' })).toEqual([])
  })
  it('is in effect from its start up to but not including its end', async () => {
    await markup(20, { from: at('2026-11-01T00:00:00Z'), to: at('2026-12-01T00:00:00Z') })
    const times = ['2026-10-31T23:59:59Z', '2026-11-01T00:00:00Z', '2026-11-30T23:59:59Z', '2026-12-01T00:00:00Z']
    expect(await Promise.all(times.map(async time => (await percents({ at: time })).length))).toEqual([0, 1, 1, 0])
  })
  it('is replaced by a later version only during the interval of that version', async () => {
    await markup(20, { from: at('2026-01-01T00:00:00Z') })
    await markup(5, { from: at('2026-03-01T00:00:00Z'), to: at('2026-04-01T00:00:00Z') })
    const of = (time: string) => percents({ at: time })
    expect([await of('2026-02-01T00:00:00Z'), await of('2026-03-15T00:00:00Z'), await of('2026-04-01T00:00:00Z')]).toEqual([
      ['standard v1: 20'],
      ['standard v2: 5'],
      ['standard v1: 20'],
    ])
  })
  it('is withdrawn from a time on with all versions, including future ones, and stays in effect before', async () => {
    const { id } = await markup(20, { from: at('2026-01-01T00:00:00Z') })
    await markup(5, { from: at('2027-01-01T00:00:00Z') })
    const withdrawal = await rules.withdraw(OPERATOR_SCOPE, { id })
    expect(withdrawal).toMatchObject({ name: 'standard', version: 3, terms: null, to: null })
    expect(withdrawal?.from.toString()).toBe(NOW)
    expect(await percents({ at: '2026-11-20T11:59:59Z' })).toEqual(['standard v1: 20'])
    expect(await percents()).toEqual([])
    expect(await percents({ at: '2027-02-01T00:00:00Z' })).toEqual([])
    await markup(7)
    expect(await percents()).toEqual(['standard v4: 7'])
  })
  it('is not withdrawn if it does not exist', async () => {
    expect(await rules.withdraw(OPERATOR_SCOPE, { id: 'nothing' })).toBeUndefined()
  })
  it('applies only to its tenant and plan', async () => {
    await discount('all', 1)
    await discount('acme', 2, { tenantId: 'acme' })
    await discount('pro', 3, { plan: 'pro' })
    await discount('acme-pro', 4, { tenantId: 'acme', plan: 'pro' })
    const names = async (lookup: Parameters<typeof found>[0]) => (await found(lookup)).discounts.map(({ id }) => id).join(' ')
    expect(await names({ tenantId: 'acme' })).toBe('all v1 acme v1')
    expect(await names({ tenantId: 'acme', plan: 'pro' })).toBe('all v1 acme v1 pro v1 acme-pro v1')
    expect(await names({ tenantId: 'globex', plan: 'pro' })).toBe('all v1 pro v1')
    expect(await names({ tenantId: 'globex', plan: 'Pro' })).toBe('all v1')
  })
})

describe('rules for the same charges', () => {
  it('apply the markup that was published last, regardless of its name', async () => {
    await markup(20, { name: 'a' })
    await publish({ name: 'b', terms: { kind: 'markup', percent: 30, provider: 'OpenAI' } })
    await publish({ name: 'c', terms: { kind: 'markup', percent: 40, provider: 'openai' } })
    expect(await percents()).toEqual(['c v1: 40', 'a v1: 20'])
  })
  it('apply the price model of the tenant, then of the plan, then for all, then the one published last', async () => {
    const model = (name: string, draft: Partial<ChargeRuleDraft> = {}) =>
      publish({ name, terms: { kind: 'price-model', priceModel: { kind: 'per-unit', unitPrice: 1 } }, ...draft })
    const chosen = async (plan?: string) => (await found(plan === undefined ? {} : { plan })).priceModel?.id
    expect(await chosen()).toBeUndefined()
    await model('all')
    await model('later')
    expect(await chosen()).toBe('later v1')
    await model('pro', { plan: 'pro' })
    await model('latest')
    expect([await chosen(), await chosen('pro')]).toEqual(['latest v1', 'pro v1'])
    await model('own', { tenantId: 'acme' })
    await model('globex', { tenantId: 'globex' })
    expect([await chosen(), await chosen('pro')]).toEqual(['own v1', 'own v1'])
  })
})

describe('publish', () => {
  it.each<{ name: string; draft: ChargeRuleDraft; path: string }>([
    { name: 'a markup below 0', draft: { name: 'x', terms: { kind: 'markup', percent: '-1' } }, path: 'percent' },
    {
      name: 'a discount over 100 %',
      draft: { name: 'x', terms: { kind: 'discount', discount: { effect: { kind: 'percentage', percent: 101 } } } },
      path: 'discount.effect.percent',
    },
    {
      name: 'an inexact price',
      draft: { name: 'x', terms: { kind: 'price-model', priceModel: { kind: 'per-unit', unitPrice: 0.1 } } },
      path: 'priceModel.unitPrice',
    },
    {
      name: 'a misspelled field',
      draft: { name: 'x', terms: { kind: 'price-model', priceModel: { kind: 'flat-fee', fee: 1, minimun: 2 } as never } },
      path: 'priceModel.minimun',
    },
    { name: 'a blank name', draft: { name: ' ', terms: { kind: 'markup', percent: 1 } }, path: 'name' },
    { name: 'an interval that ends when it starts', draft: { name: 'x', from: at(NOW), to: at(NOW), terms: { kind: 'markup', percent: 1 } }, path: 'to' },
    { name: 'an end in the past and a default start', draft: { name: 'x', to: at('2026-01-01T00:00:00Z'), terms: { kind: 'markup', percent: 1 } }, path: 'to' },
    { name: 'an unknown kind', draft: { name: 'x', terms: { kind: 'gift' } as unknown as ChargeRuleTerms }, path: 'kind' },
  ])('rejects $name and names the field', async ({ draft, path }) => {
    const error = await publish(draft).catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(InvalidInput)
    expect((error as InvalidInput).issues.map(issue => issue.path)).toEqual([path])
    expect((await rules.list(OPERATOR_SCOPE, { first: 10 })).items).toEqual([])
  })
  it('stores terms as plain data: strings for decimals and times, no nulls, canonical providers', async () => {
    const { terms } = await publish({ name: 'x', terms: { kind: 'markup', percent: new Decimal('0.00000001'), provider: 'Bedrock', model: null } })
    expect(terms).toEqual({ kind: 'markup', percent: '0.00000001', provider: 'aws' })
    const validity = { kind: 'validity', from: at('2026-01-01T00:00:00Z'), to: null } as const
    const discounted = await publish({
      name: 'y',
      terms: { kind: 'discount', discount: { effect: { kind: 'fixed', amount: 5 }, conditions: [validity], maximum: null } },
    })
    expect(discounted.terms).toEqual({
      kind: 'discount',
      discount: { effect: { kind: 'fixed', amount: 5 }, conditions: [{ kind: 'validity', from: '2026-01-01T00:00:00Z' }] },
    })
  })
  it('is for operators only, like withdraw, list and byIds', async () => {
    const { id } = await markup(20)
    const tenant = tenantScope('acme')
    const forbidden = { code: 'FORBIDDEN' }
    await expect(rules.publish(tenant, { name: 'x', terms: { kind: 'markup', percent: 1 } })).rejects.toMatchObject(forbidden)
    await expect(rules.withdraw(tenant, { id })).rejects.toMatchObject(forbidden)
    await expect(rules.list(tenant, { first: 1 })).rejects.toMatchObject(forbidden)
    await expect(rules.byIds(tenant, [id])).rejects.toMatchObject(forbidden)
  })
})

describe('list', () => {
  it('returns pages, latest published first, that do not shift when a rule is published', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await discount(name, 1)
    const page = (after?: string) => rules.list(OPERATOR_SCOPE, { first: 2, ...(after !== undefined && { after }) })
    const first = await page()
    await discount('f', 1)
    const second = await page(first.items.at(-1)?.id)
    const third = await page(second.items.at(-1)?.id)
    expect([first, second, third].map(({ items, hasMore }) => `${items.map(({ name }) => name).join('')} ${hasMore}`)).toEqual([
      'ed true',
      'cb true',
      'a false',
    ])
    await expect(page('nothing')).rejects.toThrow('after: is not the id of a charge rule')
  })
  it('filters by kind, name, tenant and time', async () => {
    await markup(20, { from: at('2026-01-01T00:00:00Z') })
    await markup(10, { from: at('2026-06-01T00:00:00Z') })
    await discount('acme', 2, { tenantId: 'acme' })
    const listed = async (query: object) => (await rules.list(OPERATOR_SCOPE, { first: 10, ...query })).items.map(({ name, version }) => `${name} v${version}`)
    expect(await listed({})).toEqual(['acme v1', 'standard v2', 'standard v1'])
    expect(await listed({ kind: 'markup' })).toEqual(['standard v2', 'standard v1'])
    expect(await listed({ name: 'acme' })).toEqual(['acme v1'])
    expect(await listed({ tenantId: 'acme' })).toEqual(['acme v1'])
    expect(await listed({ at: at('2026-02-01T00:00:00Z') })).toEqual(['standard v1'])
    expect(await listed({ at: at(NOW) })).toEqual(['acme v1', 'standard v2'])
  })
})
