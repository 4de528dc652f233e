import type { CountedUsage } from '@tollgate/charges'
import { ZERO } from '@tollgate/kernel'
import { completeTokenUsage } from '@tollgate/tokens'
import type { Rating, UsageEvent } from '@tollgate/usage'
import type { UsageCell } from './usage-cell.ts'

/** One event as use of its model. */
export function eventUse(event: UsageEvent, counts: CountedUsage | undefined, rating: Rating = event.rating): UsageCell {
  return {
    key: [],
    provider: event.provider,
    model: event.model,
    operation: counts === 'quantity' ? event.operation : null,
    calls: 1,
    unpricedCalls: rating.state === 'unpriced' ? 1 : 0,
    tokens: event.tokens ?? completeTokenUsage({}),
    quantity: event.quantity ?? ZERO,
    cost: rating.cost ?? ZERO,
  }
}
