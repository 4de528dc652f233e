import { DomainError } from '@tollgate/kernel'
import type { ReservationState } from './decisions/reservation.ts'

/** There is no such reservation, or the scope does not include it. */
export class ReservationNotFound extends DomainError<'RESERVATION_NOT_FOUND'> {
  readonly reservationId: string

  constructor(reservationId: string) {
    super('RESERVATION_NOT_FOUND', `There is no reservation ${JSON.stringify(reservationId.slice(0, 64))}. A refused request does not create one.`)
    this.reservationId = reservationId
  }
}

/** The reservation has ended, so the operation is not possible. Nothing was changed. */
export class ReservationClosed extends DomainError<'RESERVATION_CLOSED'> {
  readonly reservationId: string
  readonly state: ReservationState

  constructor(reservationId: string, state: ReservationState) {
    super('RESERVATION_CLOSED', `The reservation ${reservationId} is ${state}. Make a new reservation.`)
    this.reservationId = reservationId
    this.state = state
  }
}

/** The idempotency key was used for another request. Nothing was counted. */
export class IdempotencyKeyReused extends DomainError<'IDEMPOTENCY_KEY_REUSED'> {
  readonly idempotencyKey: string

  constructor(idempotencyKey: string) {
    super(
      'IDEMPOTENCY_KEY_REUSED',
      `The idempotency key ${JSON.stringify(idempotencyKey.slice(0, 64))} was used for other amounts or dimensions. Nothing was counted; use a new key for each request.`,
    )
    this.idempotencyKey = idempotencyKey
  }
}

/** The plan of a tenant does not exist: a configuration mistake, not a decision about quotas. */
export class UnknownPlan extends DomainError<'UNKNOWN_PLAN'> {
  readonly plan: string

  constructor(plan: string, known: readonly string[]) {
    super('UNKNOWN_PLAN', `There is no plan ${JSON.stringify(plan)}; the plans are ${known.join(', ')}. Publish it, or give the tenant another plan.`)
    this.plan = plan
  }
}

/** The store cannot be reached. The command may or may not have been applied. */
export class QuotaStoreUnavailable extends DomainError<'STORE_UNAVAILABLE'> {
  constructor(options?: ErrorOptions) {
    super('STORE_UNAVAILABLE', 'The database is unavailable, so quotas cannot be read or counted.', options)
  }
}

/** Too many commands are waiting, or the store is busy. Nothing was counted; retry after `retryAfterMs`. */
export class QuotasOverloaded extends DomainError<'OVERLOADED'> {
  readonly retryAfterMs: number

  constructor(retryAfterMs: number, options?: ErrorOptions) {
    super('OVERLOADED', `Too many quota decisions are waiting. Nothing was counted; retry in ${retryAfterMs} ms.`, options)
    this.retryAfterMs = retryAfterMs
  }
}

/** The policies kept changing while a request was decided. Nothing was counted; retry. */
export class PoliciesUnsettled extends DomainError<'POLICIES_UNSETTLED'> {
  constructor(tenantId: string) {
    super('POLICIES_UNSETTLED', `The policies of ${tenantId} kept changing while the request was decided. Nothing was counted; retry.`)
  }
}
