import { Decimal, randomIds, settableClock } from '@tollgate/kernel'
import { createRerating, type ReratingDependencies } from '../../create-rerating.ts'
import type { RaterResult } from '../../model/event.ts'
import type { RatingSelectionDraft } from '../../model/rating-selection.ts'
import type { Rater } from '../../rater.ts'
import type { RatingRequest, Rerating } from '../../rerating.ts'
import { ALL_TIME } from '../usage-store/measure-queries.ts'
import type { ReratingStoreUnderTest } from './stores-under-test.ts'

/** The price per call of each model, in USD, or the reason why it has none. Other models are unknown. */
export type CallPrices = Readonly<Record<string, string>>

/** A rater with prices per call. */
export function callRater(prices: () => CallPrices): Rater {
  return {
    async rate(events) {
      return events.map(({ model }): RaterResult => {
        const price = prices()[model ?? ''] ?? 'unknown_model'
        return /^[a-z]/.test(price)
          ? { state: 'unpriced', cost: null, priceId: null, unpricedReason: price }
          : { state: 'priced', cost: new Decimal(price), priceId: `price-of-${price}` }
      })
    },
  }
}

/** Creates re-rating with small chunks, so that runs have several. */
export function reratingOf({ rerating }: ReratingStoreUnderTest, prices: () => CallPrices, more: Partial<ReratingDependencies> = {}): Rerating {
  return createRerating({ store: rerating, rater: callRater(prices), clock: settableClock('2026-11-20T12:00:00Z'), ids: randomIds(), chunkEvents: 3, ...more })
}

/** Requests a run over all events of a tenant. */
export function requestFor(tenantId: string, selection: Partial<RatingSelectionDraft> = {}): RatingRequest {
  return { selection: { range: ALL_TIME, tenantId, ...selection }, requestedBy: 'tests', reason: 'prices were corrected' }
}
