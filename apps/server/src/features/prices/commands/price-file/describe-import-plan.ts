import type { ChangedPrice, PlannedPrice, PriceImportPlan, RateDifference } from '@tollgate/pricing'
import type { Decimal } from '@tollgate/kernel'
import { TOKEN_POOLS } from '@tollgate/tokens'
import { table } from '../../../../cli/table.ts'

const COLUMNS = [
  ...['', 'provider', 'model', 'tier', 'rate'].map(heading => ({ heading })),
  { heading: 'now', align: 'end' as const },
  { heading: 'then', align: 'end' as const },
  { heading: 'from' },
  { heading: 'to' },
  { heading: 'takes the place of' },
]

const MAX_NAME = 100

/** What an import would publish as a table: a row for each rate that is new (+) or another (~). USD for a million tokens, or for a request. */
export function describePlan({ added, changed }: Pick<PriceImportPlan, 'added' | 'changed'>): string {
  return table(COLUMNS, [...added.flatMap(addedRows), ...changed.flatMap(changedRows)])
}

/** What is not taken, and why, as a table. */
export function describeSkipped({ skipped }: Pick<PriceImportPlan, 'skipped'>): string {
  return table(
    [{ heading: 'skipped' }, { heading: 'because it' }],
    skipped.map(({ name, reason }) => [shortened(name), reason]),
  )
}

/** The prices whose source also charges for what a price cannot have. */
export function chargedBeside({ added, changed }: Pick<PriceImportPlan, 'added' | 'changed'>): readonly PlannedPrice[] {
  return [...added, ...changed].filter(({ unsupportedCharges }) => unsupportedCharges.length > 0)
}

/** What a source charges beside what is taken, by its own keys, as a table. */
export function describeChargedBeside(prices: readonly PlannedPrice[]): string {
  return table(
    [{ heading: 'taken' }, { heading: 'without what it charges by' }],
    prices.map(({ name, unsupportedCharges }) => [shortened(name), unsupportedCharges.join(', ')]),
  )
}

/** A name of a list that is as long as a page must not make every row so. */
function shortened(name: string): string {
  return name.length <= MAX_NAME ? name : `${name.slice(0, MAX_NAME - 1)}…`
}

function addedRows(planned: PlannedPrice): string[][] {
  const { perMillionTokens, contextSteps, perRequest } = planned.draft
  const rates = TOKEN_POOLS.flatMap(pool => [
    { rate: pool, above: null, after: perMillionTokens[pool] },
    ...(contextSteps ?? []).map(step => ({ rate: pool, above: step.above, after: step.perMillionTokens[pool] })),
  ])
  return [...rates, { rate: 'request' as const, above: null, after: perRequest }].flatMap(({ after, ...rate }) =>
    after ? [row('+', planned, { ...rate, before: null, after })] : [],
  )
}

function changedRows(changed: ChangedPrice): string[][] {
  const { source, provider, model } = changed.replaces
  const replaced = `${source} ${provider}/${model}`
  const differences = changed.differences.length > 0 ? changed.differences : [undefined]
  return differences.map(difference => [...row('~', changed, difference), replaced])
}

/** Without a difference only the time is another. */
function row(sign: string, { draft }: PlannedPrice, difference: RateDifference | undefined): string[] {
  const { provider, model, tenantId, serviceTier, from, to } = draft
  const whose = typeof tenantId === 'string' ? `${model}, for ${tenantId}` : model
  const rate = difference ? `${difference.rate}${difference.above === null ? '' : ` above ${difference.above.toLocaleString('en')}`}` : 'as it is, for longer'
  const day = (instant: typeof to) => instant?.toString().slice(0, 10) ?? '-'
  return [sign, provider, whose, serviceTier ?? 'standard', rate, usd(difference?.before), usd(difference?.after), day(from), day(to)]
}

function usd(amount: Decimal | null | undefined): string {
  return amount?.toFixed() ?? '-'
}
