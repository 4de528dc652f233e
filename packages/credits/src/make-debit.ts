import type { Issue, Temporal } from '@tollgate/kernel'
import { readDescription } from './check-input.ts'
import type { Debit } from './engine/command.ts'

/** Why an amount is debited. */
export interface ReasonInput {
  readonly operation?: string | null | undefined
  readonly description?: string | null | undefined
  readonly resourceType?: string | null | undefined
  readonly resourceId?: string | null | undefined
}

/** Makes the debit of a call. */
export function makeDebit(
  { amount, now, input }: { readonly amount: Debit['amount']; readonly now: Temporal.Instant; readonly input: ReasonInput },
  issues: Issue[],
): Debit {
  return {
    amount,
    occurredAt: now,
    operation: readDescription(input.operation, 'operation', issues),
    description: readDescription(input.description, 'description', issues),
    resourceType: readDescription(input.resourceType, 'resourceType', issues),
    resourceId: readDescription(input.resourceId, 'resourceId', issues),
    eventId: null,
    costId: null,
  }
}
