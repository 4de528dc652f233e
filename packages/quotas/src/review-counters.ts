import { type Transaction, ZERO } from '@tollgate/kernel'
import type { ReviewCommand } from './engine/commands/review.ts'
import type { CounterFinder } from './engine/demands/make-demands.ts'
import { findReviews } from './engine/reviews/find-reviews.ts'
import type { PolicyChange } from './engine/seeds/find-seeds.ts'
import type { PolicyStore } from './policy-store.ts'

/** What reviews need. */
export interface ReviewDependencies extends CounterFinder {
  readonly store: Pick<PolicyStore, 'readReached'>
  readonly nowMs: (tenantId: string) => number
}

/** Limits whose counters are read together. */
const MAX_LIMITS = 1_000

/** Returns the commands that compare counters with their new limits: those that have reached a threshold. */
export async function reviewCounters(
  dependencies: ReviewDependencies,
  transaction: Transaction,
  changes: readonly PolicyChange[],
): Promise<readonly ReviewCommand[]> {
  const { store, counterOf, nowMs } = dependencies
  const reviews = changes.flatMap(change => (change.after === undefined ? [] : findReviews(change, nowMs(change.after.tenantId), dependencies)))
  const commands: ReviewCommand[] = []
  for (let from = 0; from < reviews.length; from += MAX_LIMITS) {
    const some = reviews.slice(from, from + MAX_LIMITS)
    const limits = some.map(({ tenantId, policy: { limitKey }, bounds: { fromMs }, minUsed, atMs }) => ({ tenantId, limitKey, fromMs, minUsed, nowMs: atMs }))
    for (const { limit, scopeValue } of await store.readReached(limits, transaction)) {
      const review = some[limit]
      if (review === undefined) continue
      const { tenantId, policy, bounds, atMs } = review
      const values = JSON.parse(scopeValue) as (string | null)[]
      const counter = counterOf(tenantId, policy, Object.fromEntries(policy.scope.map((dimension, i) => [dimension, values[i]])), bounds)
      commands.push({ kind: 'review', tenantId, nowMs: atMs, demands: [{ request: 0, counter, policy, amount: ZERO, atMs }] })
    }
  }
  return commands
}
