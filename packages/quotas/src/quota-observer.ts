import type { QuotaDecision } from './model/decisions/decision.ts'

/** Receives what quotas do, for metrics. Its methods are called synchronously and must not throw. */
export interface QuotaObserver {
  /** `enforce` or `reserve` made this decision. */
  quotaDecided(decision: QuotaDecision): void
}
