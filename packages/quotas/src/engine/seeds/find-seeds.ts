import type { QuotaPolicy } from '../../model/policies/policy.ts'
import { oldestStep } from '../../model/limits/sliding-window.ts'
import type { TenantPolicies } from '../../model/policies/tenant-policies.ts'
import { UNBOUNDED_WINDOW, type WindowBounds } from '../../model/limits/window.ts'
import { boundsOf, type CounterFinder } from '../demands/make-demands.ts'

/** The policies of a tenant before and after a change. Undefined if its plan does not exist. */
export interface PolicyChange {
  readonly before: TenantPolicies | undefined
  readonly after: TenantPolicies | undefined
}

/** The time of a change, and how far ahead of it usage may be. */
export interface SeedTime {
  readonly nowMs: number
  readonly aheadMs: number
}

/** A half-open time range whose usage belongs to one window or, for a sliding window, to one step. */
export interface SeedRange {
  readonly fromMs: number
  readonly toMs: number
  /** Window of the counter. */
  readonly window: WindowBounds
  /** A time in the step. All ranges of one step have the same. */
  readonly atMs: number
}

/** A limit key that starts to count now, and the time ranges whose usage its counters are seeded with. */
export interface Seed {
  readonly tenantId: string
  readonly policy: QuotaPolicy
  readonly ranges: readonly SeedRange[]
}

/**
 * Finds the limit keys in effect now whose current window contains usage that was not counted, with all time ranges of that
 * window. Includes later windows that usage ahead of the clock may have reached.
 */
export function findSeeds({ before, after }: PolicyChange, time: SeedTime, finder: CounterFinder): Seed[] {
  if (after === undefined) return []
  const counts = limitKeysInEffect(after)
  const counted = before === undefined ? undefined : limitKeysInEffect(before)
  const edgesMs = [...new Set([...(before?.grouping.edgesMs ?? []), ...after.grouping.edgesMs])].sort((a, b) => a - b)

  return after.inEffect(time.nowMs).flatMap((policy): Seed[] => {
    const wasCounted = ({ fromMs, window }: SeedRange) => {
      if (before === undefined || counted?.(fromMs).has(policy.limitKey) !== true) return false
      const known = boundsOf(policy, fromMs, before, finder)
      return known.fromMs === window.fromMs && known.toMs === window.toMs
    }
    const ranges = currentRanges(policy, after, time, finder)
      .flatMap(range => splitAtEdges(range, edgesMs))
      .filter(({ fromMs }) => counts(fromMs).has(policy.limitKey))
    return ranges.every(wasCounted) ? [] : [{ tenantId: after.tenantId, policy, ranges }]
  })
}

function currentRanges(policy: QuotaPolicy, policies: TenantPolicies, { nowMs, aheadMs }: SeedTime, finder: CounterFinder): SeedRange[] {
  const { stepMs } = policy
  const untilMs = nowMs + aheadMs
  if (stepMs !== null) {
    const oldest = oldestStep(stepMs, nowMs)
    const running = Math.floor(nowMs / stepMs)
    return Array.from({ length: running - oldest + 1 }, (_, i) => {
      const fromMs = (oldest + i) * stepMs
      // Usage ahead of the clock counts in the running step.
      const toMs = oldest + i === running ? Math.max(fromMs + stepMs, untilMs + 1) : fromMs + stepMs
      return { fromMs, toMs, window: UNBOUNDED_WINDOW, atMs: fromMs }
    })
  }
  const ranges: SeedRange[] = []
  for (let atMs = nowMs; atMs <= untilMs;) {
    const window = boundsOf(policy, atMs, policies, finder)
    ranges.push({ ...window, window, atMs: window.fromMs })
    atMs = window.toMs
  }
  return ranges
}

/** Splits a range so that the same policies are valid in all of each part. */
function splitAtEdges(range: SeedRange, edgesMs: readonly number[]): SeedRange[] {
  const starts = [range.fromMs, ...edgesMs.filter(edge => range.fromMs < edge && edge < range.toMs)]
  return starts.map((fromMs, i) => ({ ...range, fromMs, toMs: starts[i + 1] ?? range.toMs }))
}

/** Returns a lookup of the limit keys that have a policy in effect at a time. */
function limitKeysInEffect({ inEffect, grouping: { edgesMs } }: TenantPolicies): (atMs: number) => ReadonlySet<string> {
  const known = new Map<number, ReadonlySet<string>>()
  return atMs => {
    const edgesBefore = edgesMs.filter(edge => edge <= atMs).length
    let limitKeys = known.get(edgesBefore)
    if (limitKeys === undefined) {
      limitKeys = new Set(inEffect(atMs).map(({ limitKey }) => limitKey))
      known.set(edgesBefore, limitKeys)
    }
    return limitKeys
  }
}
