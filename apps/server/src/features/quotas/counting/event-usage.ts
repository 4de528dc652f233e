import { type Decimal, type Temporal, ZERO } from '@tollgate/kernel'
import { type DimensionValues, QUOTA_METRICS, type QuotaRequest, type ConsumeInput } from '@tollgate/quotas'
import { totalTokens } from '@tollgate/tokens'
import type { RatedEvent } from '@tollgate/usage'
import { countedAmounts } from './counted-amounts.ts'
import { quotaDimensions } from './quota-dimensions.ts'
import { ReservationId } from '../ids.ts'

/** What one usage event counts for quotas. Computed when it is read, so that events of tenants without quotas cost nothing. */
export class EventUsage implements ConsumeInput {
  readonly #event: RatedEvent
  readonly #credits: Decimal | null

  /** `credits` is what a wallet was charged for the event; null if nothing was. */
  constructor(event: RatedEvent, credits: Decimal | null) {
    this.#event = event
    this.#credits = credits
  }

  get tenantId(): string {
    return this.#event.tenantId
  }

  /** Null also if the event names something that is not the id of a reservation: nothing is settled, and the usage is counted. */
  get reservationId(): string | null {
    const { reservationId } = this.#event
    return reservationId === null ? null : (ReservationId.tryDecode(reservationId) ?? null)
  }

  /** The event's own time: late usage counts in the window in which it happened. */
  get at(): Temporal.Instant {
    return this.#event.occurredAt
  }

  get dimensions(): DimensionValues {
    return quotaDimensions(this.#event.metadata, this.#event)
  }

  get requests(): readonly QuotaRequest[] {
    const { operation, status, tokens, rating } = this.#event
    const amounts = countedAmounts({
      served: status === 'rate_limited' ? 0 : 1,
      tokens: tokens === null ? null : totalTokens(tokens),
      cost: rating.cost,
      credits: this.#credits,
    })
    const requests: QuotaRequest[] = []
    for (const metric of QUOTA_METRICS) {
      const amount = amounts[metric]
      if (amount !== null) requests.push({ metric, amount, operation })
    }
    // Consuming needs at least one amount, even if it only gives back a reservation.
    return requests.length > 0 ? requests : [{ metric: 'requests', amount: ZERO, operation }]
  }
}
