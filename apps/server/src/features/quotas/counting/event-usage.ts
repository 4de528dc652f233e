import { type Temporal, ZERO } from '@tollgate/kernel'
import { type DimensionValues, QUOTA_METRICS, type QuotaRequest, type ConsumeInput } from '@tollgate/quotas'
import { totalTokens } from '@tollgate/tokens'
import type { RatedEvent } from '@tollgate/usage'
import { countedAmounts } from './counted-amounts.ts'
import { quotaDimensions } from './quota-dimensions.ts'
import { ReservationId } from '../ids.ts'

/**
 * What one usage event counts for quotas. Worked out when it is read: of the events of a tenant that has no quotas,
 * nothing is.
 */
export class EventUsage implements ConsumeInput {
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
    return reservationId === null ? null : (ReservationId.tryDecode(reservationId) ?? null)
  }

  /** Its own time: late usage belongs to the window in which it happened. */
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
    })
    const used: QuotaRequest[] = []
    for (const metric of QUOTA_METRICS) {
      const amount = amounts[metric]
      if (amount !== null) used.push({ metric, amount, operation })
    }
    // A question is of one amount at least, also where only a reservation is given back.
    return used.length > 0 ? used : [{ metric: 'requests', amount: ZERO, operation }]
  }
}
