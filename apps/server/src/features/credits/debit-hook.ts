import type { CorrectedUsage, Credits, DebitedCredits } from '@tollgate/credits'
import type { CommitHook, CorrectionHook, RatedEvent } from '@tollgate/usage'
import { EventCredits, type ReadReservationId } from './event-credits.ts'

/** What wallets were charged for the accepted events of a transaction, for the hooks after `debitCredits`. */
export type DebitsOfCommits = Pick<WeakMap<readonly RatedEvent[], DebitedCredits>, 'get' | 'set'>

/** What debits need. */
export interface DebitDependencies {
  readonly credits: Pick<Credits, 'payersIn' | 'debitIn'>
  /** Remembers what was charged. */
  readonly charged: DebitsOfCommits
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
      const usages = events.map(creditsOf)
      const payers = await credits.payersIn(reading, usages)
      return async (transaction, accepted) => {
        if (payers === undefined) return
        const areAll = accepted.length === events.length
        charged.set(accepted, await credits.debitIn(transaction, { usages: areAll ? usages : accepted.map(creditsOf), payers }))
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
