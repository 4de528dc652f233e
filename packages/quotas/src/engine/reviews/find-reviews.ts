import type { Decimal } from '@tollgate/kernel'
import type { QuotaPolicy } from '../../model/policies/policy.ts'
import type { WindowBounds } from '../../model/limits/window.ts'
import { boundsOf, type CounterFinder } from '../demands/make-demands.ts'
import type { PolicyChange } from '../seeds/find-seeds.ts'

/** A policy with another limit or other thresholds than before, and its current window. */
export interface Review {
  readonly tenantId: string
  readonly policy: QuotaPolicy
  readonly bounds: WindowBounds
  /** The usage at which its first alert is raised. */
  readonly minUsed: Decimal
  /** Time of the review. */
  readonly atMs: number
}

/** Finds the policies in effect now whose alerts are raised at other amounts than before the change. */
export function findReviews({ before, after }: PolicyChange, nowMs: number, finder: CounterFinder): Review[] {
  if (after === undefined) return []
  const known = new Map(before?.inEffect(nowMs).map(policy => [policy.limitKey, alertTerms(policy)]))
  return after.inEffect(nowMs).flatMap((policy): Review[] => {
    const minUsed = policy.alertAmounts[0]
    if (minUsed === undefined || known.get(policy.limitKey) === alertTerms(policy)) return []
    return [{ tenantId: after.tenantId, policy, bounds: boundsOf(policy, nowMs, after, finder), minUsed, atMs: nowMs }]
  })
}

/** Returns what decides when alerts of a policy are raised, as text. */
export function alertTerms({ limit, alertAt }: QuotaPolicy): string {
  return limit === null ? '' : `${limit.toFixed()}@${alertAt.map(percent => percent.toFixed()).join()}`
}
