import type { Credits, UsageToDebit } from '@tollgate/credits'
import type { CommitHook, CorrectionHook, RatedEvent } from '@tollgate/usage'

/** Debits accepted events in the transaction that records them, so that usage and wallets cannot differ. */
export function debitCredits(credits: Pick<Credits, 'debitIn'>): CommitHook {
  return async (transaction, accepted) => {
    await credits.debitIn(transaction, accepted.map(usageToDebit))
  }
}

/** Returns what credits depend on of an event. */
export function usageToDebit(event: Omit<RatedEvent, 'payloadHash' | 'occurredAtSent'>): UsageToDebit {
  return {
    tenantId: event.tenantId,
    customerId: event.metadata.customerId ?? null,
    eventId: event.id,
    operation: event.operation,
    provider: event.provider,
    model: event.model,
    tokens: event.tokens,
    quantity: event.quantity,
    cost: event.rating.cost,
    occurredAt: event.occurredAt,
    credits: event.credits,
    description: event.description,
    resourceType: event.resourceType,
    resourceId: event.resourceId,
    reservationId: event.reservationId,
  }
}

/** Corrects debits that depend on costs in the transaction that corrects the costs. */
export function correctDebits(credits: Pick<Credits, 'correctIn'>): CorrectionHook {
  return async (transaction, corrected) => {
    const usages = corrected.map(({ event, rating }): UsageToDebit => ({
      tenantId: event.tenantId,
      // The ledger knows which wallet was debited, and what was sent.
      customerId: null,
      credits: null,
      description: null,
      resourceType: null,
      resourceId: null,
      reservationId: null,
      eventId: event.id,
      operation: event.operation,
      provider: event.provider,
      model: event.model,
      tokens: event.tokens,
      quantity: event.quantity,
      occurredAt: event.occurredAt,
      cost: rating.cost,
    }))
    await credits.correctIn(transaction, usages)
  }
}
