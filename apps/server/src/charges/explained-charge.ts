import { type ChargeExplanation, describeExplanation, type RatedCharge } from '@tollgate/charges'
import type { Decimal, Temporal } from '@tollgate/kernel'
import { CHARGE_CURRENCY } from './charged-tenant.ts'

/** A charge with its reasons; or none, with the reason why. */
export interface ExplainedCharge {
  readonly state: 'charged' | 'unpriced' | 'not_applicable'
  /** ISO 4217, of every amount: always that of the prices, whatever the tenant's is. */
  readonly currency: typeof CHARGE_CURRENCY
  /** What providers charge; null where it is not known. */
  readonly cost: Decimal | null
  readonly charge: Decimal | null
  /** The time whose rules it is by; of a period in parts, its beginning. */
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
  const common = { currency: CHARGE_CURRENCY, cost, at, notes } as const
  return rated.state === 'charged'
    ? { state: 'charged', ...common, charge: rated.charge, reason: null, explanation: rated.explanation }
    : { state: 'unpriced', ...common, charge: null, reason: rated.reason, explanation: null }
}

/** That there is no charge, and why. */
export function noCharge(state: 'unpriced' | 'not_applicable', reason: string, about: { cost: Decimal | null; at: Temporal.Instant }): ExplainedCharge {
  return { state, currency: CHARGE_CURRENCY, ...about, charge: null, reason, explanation: null, notes: [] }
}

/** A charge as text for people: its steps, or why there is none, and what else is to be known. */
export function describeCharge({ explanation, reason, notes }: Pick<ExplainedCharge, 'explanation' | 'reason' | 'notes'>): string {
  const text = explanation === null ? `No charge: ${reason ?? ''}\n` : describeExplanation(explanation)
  return [text, ...notes.map(note => `Note: ${note}\n`)].join('')
}
