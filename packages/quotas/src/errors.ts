import { DomainError, type Temporal } from '@tollgate/kernel'
import type { ReservationState } from './reservations/reservation.ts'

/** No such reservation, or not one that the scope sees. */
export class ReservationNotFound extends DomainError<'RESERVATION_NOT_FOUND'> {
  readonly reservationId: string

  constructor(reservationId: string) {
    super('RESERVATION_NOT_FOUND', `There is no reservation ${JSON.stringify(reservationId.slice(0, 64))}. A refused request has none.`)
    this.reservationId = reservationId
  }
}

/** The reservation has ended, and what was asked cannot be done with it any more. Nothing was changed. */
export class ReservationClosed extends DomainError<'RESERVATION_CLOSED'> {
  readonly reservationId: string
  readonly state: ReservationState

  constructor(reservationId: string, state: ReservationState) {
    super('RESERVATION_CLOSED', `The reservation ${reservationId} is ${state}. Reserve again.`)
    this.reservationId = reservationId
    this.state = state
  }
}

/** A tenant has a plan that nobody described: a mistake in the plans, not a decision about its quotas. */
export class UnknownPlan extends DomainError<'UNKNOWN_PLAN'> {
  readonly plan: string

  constructor(plan: string, known: readonly string[]) {
    super('UNKNOWN_PLAN', `There is no plan ${JSON.stringify(plan)}; there are ${known.join(', ')}. Publish it, or give the tenant another.`)
    this.plan = plan
  }
}

/** The store cannot be reached. Whether a command was done is unknown. */
export class QuotaStoreUnavailable extends DomainError<'STORE_UNAVAILABLE'> {
  constructor(options?: ErrorOptions) {
    super('STORE_UNAVAILABLE', 'Quotas cannot be read or counted: the database does not answer.', options)
  }
}

/** More decisions wait than may. Nothing was counted; ask again after `retryAfterMs`. */
export class QuotasOverloaded extends DomainError<'OVERLOADED'> {
  readonly retryAfterMs: number

  constructor(retryAfterMs: number) {
    super('OVERLOADED', `More quota decisions are asked for than can be made. Nothing was counted; ask again in ${retryAfterMs} ms.`)
    this.retryAfterMs = retryAfterMs
  }
}

/** The policies changed again and again while a decision was made. Nothing was counted; ask again. */
export class PoliciesUnsettled extends DomainError<'POLICIES_UNSETTLED'> {
  constructor(tenantId: string, at: Temporal.Instant) {
    super('POLICIES_UNSETTLED', `The policies of ${tenantId} keep changing (${at.toString()}). Nothing was counted; ask again.`)
  }
}
