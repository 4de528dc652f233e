import { Decimal, type Temporal, ZERO } from '@tollgate/kernel'
import type { DimensionValues, QuotaRequest, QuotaUsage } from '@tollgate/quotas'
import { totalTokens } from '@tollgate/tokens'
import type { RatedEvent } from '@tollgate/usage'
import { quotaDimensions } from './quota-dimensions.ts'
import { readReservationId } from './reservation-id.ts'

const ONE = new Decimal(1)

/**
 * What one usage event counts for quotas. Worked out when it is read: of the events of a tenant that has no quotas,
 * nothing is.
 */
export class EventUsage implements QuotaUsage {
  readonly #event: RatedEvent

  constructor(event: RatedEvent) {
    this.#event = event
  }

  get tenantId(): string {
    return this.#event.tenantId
  }

  /** Null also where the event names something that is no reservation's id: then there is nothing to settle, and all is counted. */
  get reservationId(): string | null {
    const { reservationId } = this.#event
    return reservationId === null ? null : readReservationId(reservationId)
  }

  /** Its own time: late usage belongs to the window in which it happened. */
  get at(): Temporal.Instant {
    return this.#event.occurredAt
  }

  get dimensions(): DimensionValues {
    return quotaDimensions(this.#event.metadata, this.#event)
  }

  /**
   * A request and an operation, where it was served, whether it went well or not; what was refused because of a limit
   * does not use up another. Tokens and cost as far as they are known: a cost that is not, because no price is known, or
   * there is none, counts nothing.
   */
  get requests(): readonly QuotaRequest[] {
    const { operation, status, tokens, rating } = this.#event
    const served: readonly QuotaRequest[] = status === 'rate_limited' ? [] : [count('requests', ONE, operation), count('operations', ONE, operation)]
    const used = [
      ...served,
      ...(tokens === null ? [] : [count('tokens', new Decimal(totalTokens(tokens)), operation)]),
      ...(rating.cost === null ? [] : [count('cost', rating.cost, operation)]),
    ]
    // A question is of one amount at least, also where only a reservation is given back.
    return used.length > 0 ? used : [count('requests', ZERO, operation)]
  }
}

function count(metric: QuotaRequest['metric'], amount: Decimal, operation: string): QuotaRequest {
  return { metric, amount, operation }
}
