import type { Decimal } from '@tollgate/kernel'
import { type ChangedPrice, type PlannedPrice, type PriceImportPlan, type RateDifference, unitKey } from '@tollgate/pricing'
import { TOKEN_POOLS } from '@tollgate/tokens'
import { table } from '../../../../cli/table.ts'
import { describeConditions } from './describe-conditions.ts'

const COLUMNS = [
  ...['', 'provider', 'model', 'served', 'rate'].map(heading => ({ heading })),
  { heading: 'current', align: 'end' as const },
  { heading: 'new', align: 'end' as const },
  { heading: 'from' },
  { heading: 'to' },
  { heading: 'replaces' },
]

const MAX_NAME = 100

/** Formats a plan as a table with a row for each added (+) or changed (~) rate, in USD per million tokens, per request or per unit. */
export function describePlan({ added, changed }: Pick<PriceImportPlan, 'added' | 'changed'>): string {
  return table(COLUMNS, [...added.flatMap(addedRows), ...changed.flatMap(changedRows)])
}

/** Formats the entries that are not imported, and why, as a table. */
export function describeSkipped({ skipped }: Pick<PriceImportPlan, 'skipped'>): string {
  return table(
    [{ heading: 'skipped' }, { heading: 'reason' }],
    skipped.map(({ name, reason }) => [shortened(name), reason]),
  )
}

/** Returns the planned prices whose source has charges that prices do not support. */
export function withUnsupportedCharges({ added, changed }: Pick<PriceImportPlan, 'added' | 'changed'>): readonly PlannedPrice[] {
  return [...added, ...changed].filter(({ unsupportedCharges }) => unsupportedCharges.length > 0)
}

/** Formats the unsupported charges of planned prices, by the keys of the source, as a table. */
export function describeUnsupportedCharges(prices: readonly PlannedPrice[]): string {
  return table(
    [{ heading: 'imported' }, { heading: 'without the charges' }],
    prices.map(({ name, unsupportedCharges }) => [shortened(name), unsupportedCharges.join(', ')]),
  )
}

/** Shortens a name of a list, so that one very long name does not widen the whole table. */
function shortened(name: string): string {
  return name.length <= MAX_NAME ? name : `${name.slice(0, MAX_NAME - 1)}…`
}

function addedRows(planned: PlannedPrice): string[][] {
  const { perMillionTokens, contextSteps, perRequest, units } = planned.draft
  const rates = TOKEN_POOLS.flatMap(pool => [
    { rate: pool, above: null, after: perMillionTokens[pool] },
    ...(contextSteps ?? []).map(step => ({ rate: pool, above: step.above, after: step.perMillionTokens[pool] })),
  ])
  const unitPrices = (units ?? []).map(unit => ({ rate: unitKey(unit), above: null, after: unit.price.div(unit.per ?? 1) }))
  return [...rates, { rate: 'request', above: null, after: perRequest }, ...unitPrices].flatMap(({ after, ...rate }) =>
    after ? [row('+', planned, { ...rate, before: null, after })] : [],
  )
}

function changedRows(changed: ChangedPrice): string[][] {
  const { source, provider, model } = changed.replaces
  const replaced = `${source} ${provider}/${model}`
  const differences = changed.differences.length > 0 ? changed.differences : [undefined]
  return differences.map(difference => [...row('~', changed, difference), replaced])
}

/** Formats one rate. Without a difference, only the interval of the price changes. */
function row(sign: string, { draft }: PlannedPrice, difference: RateDifference | undefined): string[] {
  const { provider, model, tenantId, from, to } = draft
  const modelAndTenant = typeof tenantId === 'string' ? `${model}, for ${tenantId}` : model
  const rate = difference ? `${difference.rate}${difference.above === null ? '' : ` above ${difference.above.toLocaleString('en')}`}` : 'same rates, extended'
  const day = (instant: typeof to) => instant?.toString().slice(0, 10) ?? '-'
  return [sign, provider, modelAndTenant, describeConditions(draft), rate, usd(difference?.before), usd(difference?.after), day(from), day(to)]
}

function usd(amount: Decimal | null | undefined): string {
  return amount?.toFixed() ?? '-'
}
