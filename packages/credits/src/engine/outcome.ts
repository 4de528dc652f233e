import type { Decimal, DomainError } from '@tollgate/kernel'
import type { CreditEntry } from '../model/entry.ts'
import type { Grant } from '../model/grant.ts'
import type { CreditReservation } from '../model/reservation.ts'

/** The command was applied, or its idempotency key says that it was applied before. */
export interface Applied {
  readonly kind: 'applied'
  /** Whether it was applied before, so that nothing was changed now. */
  readonly isRepeat: boolean
  /** What it recorded, in order; of a repeat, nothing. Debits of usage are not listed. */
  readonly entries: readonly CreditEntry[]
  /** The grant that was given or voided. */
  readonly grant?: Grant | undefined
  readonly reservation?: CreditReservation | undefined
  /** Available credits afterwards. */
  readonly available: Decimal
}

/** The available credits are not enough. Nothing was changed. */
export interface Refused {
  readonly kind: 'refused'
  /** What could be spent, overdraft included. */
  readonly spendable: Decimal
  readonly available: Decimal
}

/** The command is not possible. Nothing was changed. */
export interface Failed {
  readonly kind: 'failed'
  readonly error: DomainError
}

/** What a command did. */
export type CommandOutcome = Applied | Refused | Failed

/** Whether all commands were applied. */
export function areApplied(outcomes: readonly CommandOutcome[]): boolean {
  return outcomes.every(({ kind }) => kind === 'applied')
}
