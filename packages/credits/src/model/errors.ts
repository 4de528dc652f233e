import { type Decimal, DomainError } from '@tollgate/kernel'
import type { CreditReservationState } from './reservation.ts'

/** The available credits and the overdraft are not enough. Nothing was changed. */
export class CreditsExceeded extends DomainError<'CREDITS_EXCEEDED'> {
  readonly requested: Decimal
  /** What could have been spent, overdraft included. */
  readonly spendable: Decimal

  constructor(requested: Decimal, spendable: Decimal) {
    super(
      'CREDITS_EXCEEDED',
      `${requested.toFixed()} credits were requested and ${spendable.toFixed()} can be spent. Grant credits to the wallet, or request less.`,
    )
    this.requested = requested
    this.spendable = spendable
  }
}

/** The idempotency key was used for something else. Nothing was changed. */
export class CreditKeyReused extends DomainError<'IDEMPOTENCY_KEY_REUSED'> {
  readonly idempotencyKey: string

  constructor(idempotencyKey: string) {
    super(
      'IDEMPOTENCY_KEY_REUSED',
      `The idempotency key ${JSON.stringify(idempotencyKey.slice(0, 64))} was used with other values. Nothing was changed; use a new key for each operation.`,
    )
    this.idempotencyKey = idempotencyKey
  }
}

/** Less remains of the grant than you want to void. Nothing was changed. */
export class GrantSpent extends DomainError<'GRANT_SPENT'> {
  readonly grantId: string
  readonly remaining: Decimal

  constructor(grantId: string, remaining: Decimal) {
    super(
      'GRANT_SPENT',
      remaining.isZero()
        ? `Nothing remains of the grant ${grantId} that could be voided.`
        : `${remaining.toFixed()} credits remain of the grant ${grantId}; void at most this much.`,
    )
    this.grantId = grantId
    this.remaining = remaining
  }
}

/** There is no such reservation of credits, or the scope does not include it. */
export class CreditReservationNotFound extends DomainError<'RESERVATION_NOT_FOUND'> {
  readonly reservationId: string

  constructor(reservationId: string) {
    super('RESERVATION_NOT_FOUND', `There is no reservation of credits ${JSON.stringify(reservationId.slice(0, 64))}. A refused request does not create one.`)
    this.reservationId = reservationId
  }
}

/** The reservation of credits has ended. Nothing was changed. */
export class CreditReservationClosed extends DomainError<'RESERVATION_CLOSED'> {
  readonly reservationId: string
  readonly state: CreditReservationState

  constructor(reservationId: string, state: CreditReservationState) {
    super('RESERVATION_CLOSED', `The reservation ${reservationId} is ${state}. Make a new reservation.`)
    this.reservationId = reservationId
    this.state = state
  }
}

/** The wallet has the maximum number of open grants. Nothing was changed. */
export class TooManyGrants extends DomainError<'TOO_MANY_GRANTS'> {
  constructor(max: number) {
    super('TOO_MANY_GRANTS', `The wallet has ${max} grants that are pending or not spent. Grant larger amounts, or void some of them.`)
  }
}

/** The store cannot be reached. The command may or may not have been applied. */
export class CreditStoreUnavailable extends DomainError<'STORE_UNAVAILABLE'> {
  constructor(options?: ErrorOptions) {
    super('STORE_UNAVAILABLE', 'The database is unavailable, so credits cannot be read or changed.', options)
  }
}

/** Too many commands are waiting, or the store is busy. Nothing was changed; retry after `retryAfterMs`. */
export class CreditsOverloaded extends DomainError<'OVERLOADED'> {
  readonly retryAfterMs: number

  constructor(retryAfterMs: number, options?: ErrorOptions) {
    super('OVERLOADED', `Too many commands for credits are waiting. Nothing was changed; retry in ${retryAfterMs} ms.`, options)
    this.retryAfterMs = retryAfterMs
  }
}
