import type { CounterStore } from './counter-store.ts'
import type { DecisionCounter } from './decision-counter.ts'
import type { CounterFinder } from './engine/demands/make-demands.ts'
import type { PolicyCache } from './policy-cache.ts'
import type { QuotaObserver } from './quota-observer.ts'

/** What decisions are made with. */
export interface DecisionDependencies extends CounterFinder {
  readonly counters: CounterStore
  readonly policies: PolicyCache
  readonly observer: Partial<QuotaObserver>
  /** Counts decisions that need no transaction. The store counts the others. */
  readonly counter?: Pick<DecisionCounter, 'count'> | undefined
}
