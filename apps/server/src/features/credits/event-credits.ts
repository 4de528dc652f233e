import type { UsageToDebit } from '@tollgate/credits'
import type { Decimal, Temporal } from '@tollgate/kernel'
import type { RatedEvent } from '@tollgate/usage'

/** Returns the reservation that an id of GraphQL names; undefined for anything else, which settles nothing. */
export type ReadReservationId = (id: string) => string | undefined

/** What credits depend on of a usage event. Read from the event when it is needed, so that events without a wallet cost nothing. */
export class EventCredits implements UsageToDebit {
  readonly #event: RatedEvent
  readonly #readReservationId: ReadReservationId

  constructor(event: RatedEvent, readReservationId: ReadReservationId) {
    this.#event = event
    this.#readReservationId = readReservationId
  }

  get tenantId(): string {
    return this.#event.tenantId
  }

  get customerId(): string | null {
    return this.#event.metadata.customerId ?? null
  }

  get eventId(): string {
    return this.#event.id
  }

  get operation(): string {
    return this.#event.operation
  }

  get provider(): string | null {
    return this.#event.provider
  }

  get model(): string | null {
    return this.#event.model
  }

  get tokens(): Readonly<Record<string, number>> | null {
    return this.#event.tokens
  }

  get quantity(): Decimal | null {
    return this.#event.quantity
  }

  get cost(): Decimal | null {
    return this.#event.rating.cost
  }

  get occurredAt(): Temporal.Instant {
    return this.#event.occurredAt
  }

  get isRateLimited(): boolean {
    return this.#event.status === 'rate_limited'
  }

  get credits(): Decimal | null {
    return this.#event.credits
  }

  get description(): string | null {
    return this.#event.description
  }

  get resourceType(): string | null {
    return this.#event.resourceType
  }

  get resourceId(): string | null {
    return this.#event.resourceId
  }

  get reservationId(): string | null {
    const { reservationId } = this.#event
    return reservationId === null ? null : (this.#readReservationId(reservationId) ?? null)
  }
}
