import type { CounterStore } from './counter-store.ts'
import type { CounterFinder } from './engine/demands/make-demands.ts'
import type { PolicyCache } from './policy-cache.ts'
import type { QuotaObserver } from './quota-observer.ts'

/** What decisions are made with. */
export interface DecisionDependencies extends CounterFinder {
  readonly counters: CounterStore
  readonly policies: PolicyCache
  readonly observer: Partial<QuotaObserver>
}
