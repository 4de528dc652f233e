import type { Decimal } from '@tollgate/kernel'
import type { Applied, Refused } from './engine/outcome.ts'
import type { CreditEntry } from './model/entry.ts'
import type { CreditReservation } from './model/reservation.ts'

/** Whether credits were enough, and what was done. */
export interface CreditDecision {
  readonly allowed: boolean
  /** Available credits afterwards. */
  readonly available: Decimal
  /** If it was refused: what could have been spent, overdraft included. */
  readonly spendable: Decimal | null
  readonly reservation: CreditReservation | null
  /** What was debited; null if nothing was. */
  readonly entry: CreditEntry | null
}

/** Describes an outcome as a decision. */
export function decisionOf(outcome: Applied | Refused): CreditDecision {
  if (outcome.kind === 'refused') return { allowed: false, available: outcome.available, spendable: outcome.spendable, reservation: null, entry: null }
  const entry = outcome.entries.find(({ kind }) => kind === 'debit' || kind === 'settle') ?? null
  return { allowed: true, available: outcome.available, spendable: null, reservation: outcome.reservation ?? null, entry }
}
