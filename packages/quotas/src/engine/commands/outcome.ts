import type { Decimal } from '@tollgate/kernel'
import type { CounterReading } from '../../model/counters/counter-reading.ts'
import type { ReservationState } from '../../model/decisions/reservation.ts'
import type { DemandOutcome } from '../demands/demand.ts'

/** The policies changed after the demands were made. Nothing was done; make them again. */
export interface Stale {
  readonly kind: 'stale'
}

/** The outcome of an enforce or reserve command: all demands were taken, or none. */
export interface Decided {
  readonly kind: 'decided'
  readonly allowed: boolean
  /** One for each demand, in the same order. */
  readonly outcomes: readonly DemandOutcome[]
}

/** Only leases prevent the demands from fitting, so they were recalled. Nothing was taken; ask again when they are returned. */
export interface Recalling {
  readonly kind: 'recalling'
}

/** The idempotency key was used for another question. Nothing was counted. */
export interface KeyReused {
  readonly kind: 'key_reused'
}

/** The outcome of a lease command. */
export interface Leased {
  readonly kind: 'leased'
  /** What the lease holds now. */
  readonly held: Decimal
  /** Whether it must be returned: others need it, or the policies changed. */
  readonly recalled: boolean
  readonly reading: CounterReading
}

/** The outcome of any other command. */
export interface Done {
  readonly kind: 'done'
  /** State of the reservation before the command. Null if it named none, or one that does not exist. */
  readonly stateBefore: ReservationState | null
  /** When the reservation expires, after an extend command. */
  readonly expiresAtMs: number | null
}

/** The outcome of a command. */
export type CommandOutcome = Stale | Decided | Recalling | KeyReused | Leased | Done
