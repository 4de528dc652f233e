import type { Decimal } from '@tollgate/kernel'
import type { Fields } from '../../drafts/read-draft.ts'
import type { DiscountFacts } from './discount-facts.ts'

/** The figure that a threshold or a volume tier measures. */
export interface UsageMeasure {
  readonly measure: 'quantity' | 'subtotal'
  /** This charge, or the billing period up to and including it. */
  readonly of: 'charge' | 'period'
}

/** Input of a usage measure. `of` defaults to the charge. */
export interface UsageMeasureDraft {
  readonly measure: UsageMeasure['measure']
  readonly of?: UsageMeasure['of'] | null | undefined
}

/** Reads a usage measure. */
export function readUsageMeasure(fields: Fields): UsageMeasure {
  return { measure: fields.choice('measure', ['quantity', 'subtotal']), of: fields.choice('of', ['charge', 'period'], 'charge') }
}

/** Returns the name of the figure: "the period's quantity". */
export function nameMeasure({ measure, of }: UsageMeasure): string {
  return `the ${of}'s ${measure}`
}

/** Returns the figure, including earlier parts of the period. Undefined if the figure of the billing period is unknown. */
export function measureUsage(
  { measure, of }: UsageMeasure,
  { charge, earlier, periodToDate }: Pick<DiscountFacts, 'charge' | 'earlier' | 'periodToDate'>,
): Decimal | undefined {
  const ofCharge = charge[measure].plus(earlier?.[measure] ?? 0)
  return of === 'charge' ? ofCharge : periodToDate?.[measure].plus(ofCharge)
}
