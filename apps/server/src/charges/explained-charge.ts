import type { Decimal, Temporal } from '@tollgate/kernel'
import { type ChargeExplanation, describeExplanation, type RatedCharge } from '@tollgate/pricing'

/** A charge with its reasons; or none, with the reason why. */
export interface ExplainedCharge {
  readonly state: 'charged' | 'unpriced' | 'not_applicable'
  /** USD, what providers charge; null where it is not known. */
  readonly cost: Decimal | null
  readonly charge: Decimal | null
  /** The time whose rules it is by. */
  readonly at: Temporal.Instant
  /** Why there is no charge. */
  readonly reason: string | null
  readonly explanation: ChargeExplanation | null
  /** What does not show in the steps and is to be known. */
  readonly notes: readonly string[]
}

/** A rated charge as it is explained. */
export function explainedCharge(rated: RatedCharge, about: { cost: Decimal | null; at: Temporal.Instant; notes?: readonly string[] }): ExplainedCharge {
  const { cost, at, notes = [] } = about
  return rated.state === 'charged'
    ? { state: 'charged', cost, charge: rated.charge, at, reason: null, explanation: rated.explanation, notes }
    : { state: 'unpriced', cost, charge: null, at, reason: rated.reason, explanation: null, notes }
}

/** A charge as text for people: its steps, or why there is none, and what else is to be known. */
export function describeCharge({ explanation, reason, notes }: Pick<ExplainedCharge, 'explanation' | 'reason' | 'notes'>): string {
  const text = explanation === null ? `No charge: ${reason ?? ''}\n` : describeExplanation(explanation)
  return [text, ...notes.map(note => `Note: ${note}\n`)].join('')
}
