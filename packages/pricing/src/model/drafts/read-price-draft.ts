import { Decimal, type Issue, type Temporal } from '@tollgate/kernel'
import { type AmountInput, inputShape, readAmount, readTimeAt, shapeIssues } from '@tollgate/kernel/input'
import { checkExactDraft } from './check-exact-draft.ts'
import type { ContextStepDraft, ExactPriceDraft, PriceDraft, TimeOfDayDraft, UnitPriceDraft } from './price-draft.ts'

const PRICE = inputShape<PriceDraft>({
  tenantId: 'text?',
  provider: 'text',
  model: 'text',
  from: 'time',
  to: 'time?',
  serviceTier: 'text?',
  speed: 'text?',
  region: 'text?',
  timeOfDay: 'object?',
  perMillionTokens: 'object',
  contextSteps: 'list?',
  marginalSteps: 'boolean?',
  cacheMultipliers: 'object?',
  perRequest: 'amount?',
  units: 'list?',
})
const TIME_OF_DAY = inputShape<TimeOfDayDraft>({ from: 'text', to: 'text', weekdays: 'list?' })
const STEP = inputShape<ContextStepDraft>({ above: 'number', perMillionTokens: 'object' })
const UNIT = inputShape<UnitPriceDraft>({ kind: 'text', variant: 'text?', price: 'amount', per: 'number?' })

/** A draft with exact amounts and times, or everything that is wrong with it. */
export type ReadPriceDraft = { readonly draft: ExactPriceDraft; readonly issues?: never } | { readonly draft?: never; readonly issues: readonly Issue[] }

/** Reads and checks a draft, whose amounts and times can have any of their forms. */
export function readPriceDraft(draft: PriceDraft): ReadPriceDraft {
  const malformed = shapeIssues(PRICE, draft) ?? partIssues(draft)
  if (malformed !== undefined && malformed.length > 0) return { issues: malformed }
  const issues: Issue[] = []
  const exact = exactDraft(draft, issues)
  if (issues.length > 0) return { issues }
  const wrong = checkExactDraft(exact)
  return wrong.length > 0 ? { issues: wrong } : { draft: exact }
}

function partIssues({ timeOfDay, contextSteps, units }: PriceDraft): readonly Issue[] {
  return [
    ...((timeOfDay && shapeIssues(TIME_OF_DAY, timeOfDay, 'timeOfDay')) ?? []),
    ...(contextSteps ?? []).flatMap((step, at) => shapeIssues(STEP, step, `contextSteps[${at}]`) ?? []),
    ...(units ?? []).flatMap((unit, at) => shapeIssues(UNIT, unit, `units[${at}]`) ?? []),
  ]
}

function exactDraft(draft: PriceDraft, issues: Issue[]): ExactPriceDraft {
  const { perMillionTokens, contextSteps, cacheMultipliers, perRequest, units } = draft
  return {
    ...draft,
    // Its shape says that there is a time; one that cannot be read is an issue.
    from: readTimeAt('from', draft.from, issues) as Temporal.Instant,
    to: readTimeAt('to', draft.to, issues),
    perMillionTokens: exactAmounts('perMillionTokens', perMillionTokens, issues),
    contextSteps: contextSteps?.map((step, at) => ({
      above: step.above,
      perMillionTokens: exactAmounts(`contextSteps[${at}].perMillionTokens`, step.perMillionTokens, issues),
    })),
    cacheMultipliers: cacheMultipliers && exactAmounts('cacheMultipliers', cacheMultipliers, issues),
    perRequest: exactAmount('perRequest', perRequest, issues),
    units: units?.map((unit, at) => ({ ...unit, price: exactAmount(`units[${at}].price`, unit.price, issues) ?? new Decimal(0) })),
  }
}

type Amounts = Readonly<Record<string, AmountInput | null | undefined>>

function exactAmounts(path: string, amounts: Amounts, issues: Issue[]): Readonly<Record<string, Decimal | null>> {
  return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, exactAmount(`${path}.${name}`, amount, issues)]))
}

function exactAmount(path: string, amount: AmountInput | null | undefined, issues: Issue[]): Decimal | null {
  if (amount === undefined || amount === null) return null
  // Decimals that are too large or not finite have checks of their own.
  const exact = Decimal.isDecimal(amount) ? new Decimal(amount) : readAmount(amount)
  if (exact === undefined) issues.push({ path, message: 'must be a decimal as text, a Decimal or an integer, such as "0.05" or 500' })
  return exact ?? null
}
