import { countingIds, InvalidInput, OPERATOR_SCOPE, settableClock, Temporal } from '@tollgate/kernel'
import { createPriceCatalog } from '@tollgate/pricing'
import { expect, it } from 'vitest'
import { createChargeRules } from './create-charge-rules.ts'
import { createCharges } from './create-charges.ts'
import { createPromotions } from './create-promotions.ts'
import { memoryChargedTenants, memoryChargedUsage, memoryChargeRuleStore, memoryDiscountLedger } from './memory/index.ts'

const clock = settableClock('2026-12-01T00:00:00Z')
const tenants = memoryChargedTenants([{ id: 'acme' }])
const RULES = { store: memoryChargeRuleStore(), clock, ids: countingIds() }
const rules = createChargeRules(RULES)
const PROMOTIONS = { ledger: memoryDiscountLedger(), rules, tenants, clock, ids: countingIds() }
const promotions = createPromotions(PROMOTIONS)
const catalog = createPriceCatalog([])
const CHARGES = {
  usage: memoryChargedUsage([]),
  tenants,
  pricing: { catalog: async () => catalog, pricesByIds: async () => [] },
  rules,
  promotions,
  rateEvent: () => ({ state: 'not_applicable' as const, cost: null, priceId: null }),
}
const charges = createCharges(CHARGES)

const SELECTION = { tenantId: 'acme', range: { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' } }
const RULE = { name: 'markup', terms: { kind: 'markup' as const, percent: '10' } }

/** What callers in JavaScript can pass, whatever the types say. */
type Call = (input: never) => unknown

const CALLS = {
  publish: [input => rules.publish(OPERATOR_SCOPE, input), RULE],
  withdraw: [input => rules.withdraw(OPERATOR_SCOPE, input), { id: 'rule' }],
  list: [input => rules.list(OPERATOR_SCOPE, input), { first: 1 }],
  redeemCoupon: [input => promotions.redeemCoupon(input), { code: 'SAVE', tenantId: 'acme' }],
  explainPeriod: [input => charges.explainPeriod(input), SELECTION],
  measure: [input => charges.measure(input), SELECTION],
  simulate: [input => charges.simulate(input), { ...SELECTION, scenario: {}, maxEvents: 10 }],
  createChargeRules: [createChargeRules, RULES],
  createPromotions: [createPromotions, PROMOTIONS],
  createCharges: [createCharges, CHARGES],
} as const satisfies Record<string, readonly [Call, object]>

type Operation = keyof typeof CALLS

const NOT_TEXT: readonly unknown[] = [undefined, null, 5, {}]
const NOT_TIME: readonly unknown[] = ['', '2026-01-01', 5, {}, new Date(Number.NaN)]

it.each<[Operation, field: string, values: readonly unknown[]]>([
  ...(Object.keys(CALLS) as Operation[]).map((operation): [Operation, string, readonly unknown[]] => [operation, 'amuont', ['5', null]]),
  ['publish', 'name', NOT_TEXT],
  ['publish', 'from', NOT_TIME],
  ['publish', 'to', NOT_TIME],
  ['publish', 'terms', [undefined, null, 'markup']],
  ['withdraw', 'id', NOT_TEXT],
  ['withdraw', 'from', NOT_TIME],
  ['list', 'at', NOT_TIME],
  ['list', 'first', ['10', 0, 1.5]],
  ['redeemCoupon', 'code', [...NOT_TEXT, '']],
  ['redeemCoupon', 'tenantId', NOT_TEXT],
  ...(['explainPeriod', 'measure', 'simulate'] as const).flatMap((operation): [Operation, string, readonly unknown[]][] => [
    [operation, 'tenantId', NOT_TEXT],
    [operation, 'range', [undefined, null, 'today']],
    [operation, 'at', NOT_TIME],
    [operation, 'couponCodes', ['SAVE', {}]],
  ]),
  ['measure', 'by', ['model', {}]],
  ['simulate', 'maxEvents', [undefined, '10', 1.5]],
  ['createCharges', 'rateEvent', [undefined, {}]],
  ['createCharges', 'usage', [undefined, null, 'memory']],
  ['createPromotions', 'ledger', [undefined, null, 'memory']],
  ['createChargeRules', 'store', [undefined, null, 'memory']],
])('%s names the field %s if it is wrong', async (operation, field, values) => {
  const [call, input] = CALLS[operation] as readonly [Call, object]
  for (const value of values) expect(await issuesOf(() => call({ ...input, [field]: value } as never))).toContain(field)
})

it.each<[Operation, part: object, path: string]>([
  ['explainPeriod', { range: { from: SELECTION.range.from } }, 'range.to'],
  ['measure', { range: { from: SELECTION.range.to, to: SELECTION.range.from } }, 'range.to'],
  ['simulate', { range: { ...SELECTION.range, zone: 'UTC' } }, 'range.zone'],
])('%s with %j names %s', async (operation, part, path) => {
  const [call, input] = CALLS[operation] as readonly [Call, object]
  expect(await issuesOf(() => call({ ...input, ...part } as never))).toContain(path)
})

const FROM = '2026-11-01T00:00:00Z'
it.each([FROM, new Date(FROM), Temporal.Instant.from(FROM)])('takes the time %s', async time => {
  const rule = await rules.publish(OPERATOR_SCOPE, { ...RULE, from: time })
  const explained = await charges.explainPeriod({ tenantId: 'acme', range: { from: time, to: SELECTION.range.to }, at: time })
  expect([rule.from.toString(), explained.calls]).toEqual([FROM, 0])
  expect((await rules.list(OPERATOR_SCOPE, { first: 10, at: time })).items.map(({ id }) => id)).toContain(rule.id)
})

async function issuesOf(call: () => unknown): Promise<readonly string[]> {
  const error = await Promise.try(call).then(
    () => 'accepted',
    (reason: unknown) => reason,
  )
  return error instanceof InvalidInput ? error.issues.map(({ path }) => path) : [String(error)]
}
