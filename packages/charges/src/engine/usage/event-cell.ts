import { ZERO } from '@tollgate/kernel'
import { completeTokenUsage } from '@tollgate/tokens'
import type { CountedUsage } from '../../model/rules/charge-rule.ts'
import type { ChargedEvent } from '../../model/usage/charged-event.ts'
import type { UsageCell } from '../../model/usage/usage-cell.ts'

/** Returns one event as usage of its model. */
export function eventCell(event: ChargedEvent, counts: CountedUsage | undefined): UsageCell {
  const { provider, model, operation, tokens, quantity, rating } = event
  return {
    key: [],
    provider,
    model,
    operation: counts === 'quantity' ? operation : null,
    calls: 1,
    unpricedCalls: rating.state === 'unpriced' ? 1 : 0,
    tokens: tokens ?? completeTokenUsage({}),
    quantity: quantity ?? ZERO,
    cost: rating.cost ?? ZERO,
  }
}
