import { ZERO } from '@tollgate/kernel'
import { completeTokenUsage } from '@tollgate/tokens'
import type { CountedUsage } from '../../model/rules/charge-rule.ts'
import type { ChargedEvent, EventRating } from '../../model/usage/charged-event.ts'
import type { UsageCell } from '../../model/usage/usage-cell.ts'
import { addTokenSums } from '../../model/usage/token-sums.ts'
import { MAX_CELLS, tooManyCells } from './too-many-cells.ts'

/** Adds events to cells, one by one. */
export interface UsageAccumulator {
  /** Throws `InvalidInput` if there are too many cells. */
  add(event: ChargedEvent, named: Pick<ChargedEvent, 'provider' | 'model'>, rating: EventRating): void
  cells(): readonly UsageCell[]
}

const NO_TOKENS = /* @__PURE__ */ completeTokenUsage({})

/** Makes an accumulator without events. */
export function createUsageAccumulator(by: readonly string[], counts: CountedUsage | undefined): UsageAccumulator {
  const cells = new Map<string, UsageCell>()
  return {
    cells: () => [...cells.values()],
    add(event, { provider, model }, rating) {
      const key = by.map(dimension => event.dimensions[dimension] ?? null)
      const operation = counts === 'quantity' ? event.operation : null
      const id = JSON.stringify([key, provider, model, operation])
      const cell = cells.get(id)
      if (cell === undefined && cells.size >= MAX_CELLS) throw tooManyCells(by)
      cells.set(id, {
        key,
        provider,
        model,
        operation,
        calls: (cell?.calls ?? 0) + 1,
        unpricedCalls: (cell?.unpricedCalls ?? 0) + (rating.state === 'unpriced' ? 1 : 0),
        tokens: addTokenSums([cell?.tokens ?? NO_TOKENS, event.tokens ?? NO_TOKENS]),
        quantity: (cell?.quantity ?? ZERO).plus(event.quantity ?? ZERO),
        cost: (cell?.cost ?? ZERO).plus(rating.cost ?? ZERO),
      })
    },
  }
}
