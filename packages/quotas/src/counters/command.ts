import type { Decimal } from '@tollgate/kernel'
import type { Demand, Verdict } from '../decisions/demand.ts'
import type { CounterReading } from './counter-reading.ts'
import type { Reservation, ReservationState } from '../reservations/reservation.ts'

/** Takes all that is demanded, or nothing: at once, or held by a reservation. */
export interface DecideCommand {
  readonly kind: 'decide'
  readonly tenantId: string
  /** Of the policy book that the demands were made by. */
  readonly revision: string
  readonly nowMs: number
  readonly demands: readonly Demand[]
  /** What holds the amounts; null: they are used at once. */
  readonly reservation: Reservation | null
  /** Whether leases that are in the way are called back. Where not, they are in the way as any hold is. */
  readonly recalls: boolean
}

/** Reports what was spent of a lease, and lets it hold headroom anew; or gives it back. */
export interface LeaseCommand {
  readonly kind: 'lease'
  readonly tenantId: string
  readonly revision: string
  readonly nowMs: number
  readonly leaseId: string
  /** The amount is what was spent since the last report. */
  readonly demand: Demand
  /** To hold from now on, at the most; 0 gives all of it back. */
  readonly wanted: Decimal
  /** Less than this is not worth the way to the store: nothing, then. */
  readonly least: Decimal
  readonly expiresAtMs: number
}

/** Counts usage that happened, fits or not, and settles a reservation with it. */
export interface RecordCommand {
  readonly kind: 'record'
  readonly tenantId: string
  readonly revision: string
  readonly nowMs: number
  readonly demands: readonly Demand[]
  readonly settles: string | null
  /** Counts nothing where the reservation was settled or released before: the same settlement sent again. */
  readonly onlyIfOpen: boolean
}

/** Gives back what a reservation holds, as nothing was used. */
export interface ReleaseCommand {
  readonly kind: 'release'
  readonly tenantId: string
  readonly nowMs: number
  readonly reservationId: string
}

/** Lets a reservation hold on for longer; never for shorter. */
export interface ExtendCommand {
  readonly kind: 'extend'
  readonly tenantId: string
  readonly nowMs: number
  readonly reservationId: string
  readonly expiresAtMs: number
}

/** Counts what usage says that a counter has not counted: from then on it shows as much as usage at the least. */
export interface OpenCommand {
  readonly kind: 'open'
  readonly tenantId: string
  readonly nowMs: number
  /** All of one counter: what usage says of it or, where its window slides, of each step that counts. */
  readonly demands: readonly Demand[]
}

/** Something to be done to the counters of one tenant, entirely or not at all. */
export type QuotaCommand = DecideCommand | RecordCommand | ReleaseCommand | ExtendCommand | OpenCommand | LeaseCommand

/** The policies changed since the demands were made. Nothing was done; make them anew. */
export interface Stale {
  readonly kind: 'stale'
}

/** What became of a `DecideCommand`. */
export interface Decided {
  readonly kind: 'decided'
  readonly allowed: boolean
  /** One for each demand, in their order. */
  readonly verdicts: readonly Verdict[]
}

/** Nothing but leases is in the way: they were called back. Nothing was taken; ask again as soon as they are gone. */
export interface Recalling {
  readonly kind: 'recalling'
}

/** What became of a `LeaseCommand`. */
export interface Leased {
  readonly kind: 'leased'
  /** What the lease holds now. */
  readonly held: Decimal
  /** It must be given back: somebody else needs it, or the policies changed. */
  readonly recalled: boolean
  readonly reading: CounterReading
}

/** What became of any other command. */
export interface Done {
  readonly kind: 'done'
  /** How the reservation was when the command came; null where it named none, or one that is not there. */
  readonly found: ReservationState | null
  /** When the reservation expires, for `extend`. */
  readonly expiresAtMs: number | null
}

/** What became of a command. */
export type QuotaOutcome = Stale | Decided | Recalling | Leased | Done
