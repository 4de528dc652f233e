import type { CorrectedUsage, Credits } from '@tollgate/credits'
import type { Decimal } from '@tollgate/kernel'
import type { CommitHook, CorrectionHook, RatedEvent } from '@tollgate/usage'
import { EventCredits, type ReadReservationId } from './event-credits.ts'

/** What wallets were charged for events, for the hooks after `debitCredits`. */
export type ChargedCredits = Pick<WeakMap<RatedEvent, Decimal>, 'get' | 'set' | 'delete'>

/** What debits need. */
export interface DebitDependencies {
  readonly credits: Pick<Credits, 'payersIn' | 'debitIn'>
  /** Remembers what was charged. */
  readonly charged: ChargedCredits
  /** Returns the reservation that an id of GraphQL names; undefined for anything else, which settles nothing. */
  readonly readReservationId: ReadReservationId
}

/**
 * Debits accepted events in the transaction that records them, so that usage and wallets cannot differ. Wallets are found
 * while keys are claimed, so events without a wallet cost no round trip.
 */
export function debitCredits({ credits, charged, readReservationId }: DebitDependencies): CommitHook {
  const creditsOf = (event: RatedEvent) => new EventCredits(event, readReservationId)
  return {
    async prepare(reading, events) {
      const payers = await credits.payersIn(reading, events.map(creditsOf))
      return async (transaction, accepted) => {
        const debited = payers && (await credits.debitIn(transaction, { usages: accepted.map(creditsOf), payers }))
        for (const [i, event] of accepted.entries()) {
          const amount = debited?.[i] ?? null
          // A transaction that is retried may find another wallet.
          if (amount === null) charged.delete(event)
          else charged.set(event, amount)
        }
      }
    },
  }
}

/** Corrects debits that depend on costs in the transaction that corrects the costs. */
export function correctDebits(credits: Pick<Credits, 'correctIn'>): CorrectionHook {
  return async (transaction, corrected) => {
    const usages = corrected.map(({ event, rating }): CorrectedUsage => ({
      tenantId: event.tenantId,
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
