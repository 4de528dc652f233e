import type { Credits, UsageToDebit } from '@tollgate/credits'
import type { Decimal } from '@tollgate/kernel'
import type { CommitHook, CorrectionHook, RatedEvent } from '@tollgate/usage'

/** What wallets were charged for events, for the hooks after `debitCredits`. */
export type ChargedCredits = Pick<WeakMap<RatedEvent, Decimal>, 'get' | 'set' | 'delete'>

/** What debits need. */
export interface DebitDependencies {
  readonly credits: Pick<Credits, 'debitIn'>
  /** Remembers what was charged. */
  readonly charged: ChargedCredits
  /** Returns the reservation that an id of GraphQL names; undefined for anything else, which settles nothing. */
  readonly readReservationId: (id: string) => string | undefined
}

/** Debits accepted events in the transaction that records them, so that usage and wallets cannot differ. */
export function debitCredits({ credits, charged, readReservationId }: DebitDependencies): CommitHook {
  return async (transaction, accepted) => {
    const debits = await credits.debitIn(
      transaction,
      accepted.map(event => usageToDebit(event, readReservationId)),
    )
    for (const [i, event] of accepted.entries()) {
      const debit = debits[i] ?? null
      // A transaction that is retried may find another wallet.
      if (debit === null) charged.delete(event)
      else charged.set(event, debit.amount)
    }
  }
}

/** Returns what credits depend on of an event. */
export function usageToDebit(
  event: Omit<RatedEvent, 'payloadHash' | 'occurredAtSent'>,
  readReservationId: DebitDependencies['readReservationId'],
): UsageToDebit {
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
    reservationId: event.reservationId === null ? null : (readReservationId(event.reservationId) ?? null),
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
