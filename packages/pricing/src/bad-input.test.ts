import { countingIds, Decimal, InvalidInput, OPERATOR_SCOPE, systemClock, Temporal } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { createModelAliases } from './create-model-aliases.ts'
import { createPriceFeed } from './create-price-feed.ts'
import { createPricing } from './create-pricing.ts'
import { createRater } from './create-rater.ts'
import { bundledCatalog } from './engine/catalog/bundled-catalog.ts'
import { memoryAliasStore, memoryFeedStore, memoryPriceStore } from './memory/index.ts'

const OPTIONS = { store: memoryPriceStore(), clock: systemClock, ids: countingIds() }
const ALIASES = { store: memoryAliasStore(), clock: systemClock, ids: countingIds() }
const FEED = { store: OPTIONS.store, feedStore: memoryFeedStore(), clock: systemClock }
const pricing = createPricing(OPTIONS)
const aliases = createModelAliases(ALIASES)
const feed = createPriceFeed(FEED)

const FROM = '2026-01-01T00:00:00Z'
const DRAFT = { provider: 'acme-ai', model: 'large', from: FROM, perMillionTokens: { input: '3' } }

/** What callers in JavaScript can pass, whatever the types say. */
type Call = (input: never) => unknown

const CALLS = {
  publishPrice: [input => pricing.publishPrice(OPERATOR_SCOPE, input), DRAFT],
  prices: [input => pricing.prices(OPERATOR_SCOPE, input), { first: 1 }],
  importList: [input => pricing.planPriceImport(OPERATOR_SCOPE, input), { format: 'litellm', data: '{}', from: FROM }],
  importDrafts: [input => pricing.planPriceImport(OPERATOR_SCOPE, input), { format: 'drafts', drafts: [DRAFT] }],
  applyImport: [input => pricing.applyPriceImport(OPERATOR_SCOPE, input), { source: { format: 'drafts', drafts: [DRAFT] }, planDigest: 'x' }],
  setAlias: [input => aliases.set(OPERATOR_SCOPE, input), { provider: 'acme-ai', name: 'big', target: { provider: 'acme-ai', model: 'large' }, from: FROM }],
  decide: [input => feed.decide(OPERATOR_SCOPE, input), { changeIds: [], approved: true, decidedBy: 'ana' }],
  createPricing: [createPricing, OPTIONS],
  createModelAliases: [createModelAliases, ALIASES],
  createPriceFeed: [createPriceFeed, FEED],
  createRater: [createRater, { catalog: bundledCatalog() }],
} as const satisfies Record<string, readonly [Call, object]>

type Operation = keyof typeof CALLS

const NOT_TEXT: readonly unknown[] = [undefined, null, 5, {}]
const NOT_TIME: readonly unknown[] = ['', '2026-01-01', 5, {}, new Date(Number.NaN)]
const NOT_AMOUNT: readonly unknown[] = ['', 'much', 0.5, Number.NaN, {}, true]

it.each<[Operation, field: string, values: readonly unknown[]]>([
  ...(Object.keys(CALLS) as Operation[]).map((operation): [Operation, string, readonly unknown[]] => [operation, 'modle', ['large', null]]),
  ['publishPrice', 'provider', NOT_TEXT],
  ['publishPrice', 'from', [undefined, null, ...NOT_TIME]],
  ['publishPrice', 'to', NOT_TIME],
  ['publishPrice', 'perMillionTokens', [undefined, null, '3', []]],
  ['publishPrice', 'perRequest', NOT_AMOUNT],
  ['publishPrice', 'contextSteps', ['200000', {}]],
  ['publishPrice', 'marginalSteps', ['yes', 1]],
  ['publishPrice', 'timeOfDay', ['night', []]],
  ['publishPrice', 'units', [{}, 'image']],
  ['prices', 'at', NOT_TIME],
  ['prices', 'first', ['10', 0, 1.5]],
  ['importList', 'format', [...NOT_TEXT, 'csv']],
  ['importList', 'data', NOT_TEXT],
  ['importList', 'from', [undefined, null, ...NOT_TIME]],
  ['importDrafts', 'drafts', [undefined, null, {}]],
  ['applyImport', 'planDigest', NOT_TEXT],
  ['setAlias', 'name', NOT_TEXT],
  ['setAlias', 'target', [undefined, 'large']],
  ['setAlias', 'from', [undefined, null, ...NOT_TIME]],
  ['decide', 'approved', [undefined, 'yes']],
  ['createPricing', 'store', [undefined, null, 'memory']],
  ['createPricing', 'versions', [{}, 'v1']],
  ['createModelAliases', 'clock', [undefined, null]],
  ['createPriceFeed', 'publicKeys', ['key', {}]],
  ['createRater', 'catalog', [undefined, null, 5, {}, 'bundled']],
])('%s names the field %s if it is wrong', async (operation, field, values) => {
  const [call, input] = CALLS[operation] as readonly [Call, object]
  for (const value of values) expect(await issuesOf(() => call({ ...input, [field]: value } as never))).toContain(field)
})

it.each<[Operation, part: object, path: string]>([
  ...NOT_AMOUNT.map((input): [Operation, object, string] => ['publishPrice', { perMillionTokens: { input } }, 'perMillionTokens.input']),
  ['publishPrice', { perMillionTokens: { inputs: '3' } }, 'perMillionTokens.inputs'],
  ['publishPrice', { contextSteps: [{ above: 5, perMilionTokens: {} }] }, 'contextSteps[0].perMilionTokens'],
  ['publishPrice', { contextSteps: [{ above: 5, perMillionTokens: { input: 'much' } }] }, 'contextSteps[0].perMillionTokens.input'],
  ['publishPrice', { cacheMultipliers: { cacheRead: 0.1 } }, 'cacheMultipliers.cacheRead'],
  ['publishPrice', { units: [{ kind: 'image', prize: '1' }] }, 'units[0].prize'],
  ['publishPrice', { units: [{ kind: 'image', price: 'much' }] }, 'units[0].price'],
  ['publishPrice', { timeOfDay: { from: '16:00' } }, 'timeOfDay.to'],
  ['importDrafts', { drafts: [DRAFT, { ...DRAFT, from: 'soon' }] }, 'price 2, from'],
  ['setAlias', { target: { provider: 'acme-ai', name: 'large' } }, 'target.name'],
])('%s with %j names %s', async (operation, part, path) => {
  const [call, input] = CALLS[operation] as readonly [Call, object]
  expect(await issuesOf(() => call({ ...input, ...part } as never))).toContain(path)
})

it.each(['3', new Decimal(3), 3])('takes the amount %s', async amount => {
  const price = await pricing.publishPrice(OPERATOR_SCOPE, {
    ...DRAFT,
    perMillionTokens: { input: amount },
    contextSteps: [{ above: 5, perMillionTokens: { input: amount } }],
    perRequest: amount,
    units: [{ kind: 'image', price: amount }],
  })
  const { base, steps } = price.perMillionTokens.input ?? {}
  expect([base, steps?.[0]?.rate, price.perRequest, price.units?.[0]?.price].map(read => read?.toFixed())).toEqual(['3', '3', '3', '3'])
})

it.each([FROM, new Date(FROM), Temporal.Instant.from(FROM)])('takes the time %s', async time => {
  const price = await pricing.publishPrice(OPERATOR_SCOPE, { ...DRAFT, from: time, to: '2027-01-01T00:00:00Z' })
  const alias = await aliases.set(OPERATOR_SCOPE, { provider: 'acme-ai', name: 'big', target: null, from: time })
  expect([price.from, alias.from].map(String)).toEqual(['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'])
  expect((await pricing.prices(OPERATOR_SCOPE, { first: 100, at: time })).items.map(({ id }) => id)).toContain(price.id)
})

async function issuesOf(call: () => unknown): Promise<readonly string[]> {
  const error = await Promise.try(call).then(
    () => 'accepted',
    (reason: unknown) => reason,
  )
  return error instanceof InvalidInput ? error.issues.map(({ path }) => path) : [String(error)]
}
