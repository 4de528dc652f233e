import type { Decimal } from '@tollgate/kernel'
import type { Fields } from '../../drafts/read-draft.ts'
import type { DiscountFacts } from './discount-facts.ts'

/** Which figure a threshold or a volume tier looks at. */
export interface UsageMeasure {
  readonly measure: 'quantity' | 'subtotal'
  /** This charge, or the billing period up to and with it. */
  readonly of: 'charge' | 'period'
}

/** A usage measure, to be defined: the charge's own where `of` is left out. */
export interface UsageMeasureDraft {
  readonly measure: UsageMeasure['measure']
  readonly of?: UsageMeasure['of'] | null | undefined
}

/** Reads what is measured. */
export function readUsageMeasure(fields: Fields): UsageMeasure {
  return { measure: fields.choice('measure', ['quantity', 'subtotal']), of: fields.choice('of', ['charge', 'period'], 'charge') }
}

/** What the figure is called: "the period's quantity". */
export function nameMeasure({ measure, of }: UsageMeasure): string {
  return `the ${of}'s ${measure}`
}

/** The figure, with that of the parts before; undefined where the period's is asked for and not known. */
export function measureUsage(
  { measure, of }: UsageMeasure,
  { charge, earlier, periodToDate }: Pick<DiscountFacts, 'charge' | 'earlier' | 'periodToDate'>,
): Decimal | undefined {
  const ofCharge = charge[measure].plus(earlier?.[measure] ?? 0)
  return of === 'charge' ? ofCharge : periodToDate?.[measure].plus(ofCharge)
}
