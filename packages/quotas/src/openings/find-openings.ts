import { boundsOf, type CounterFinding } from '../decisions/make-demands.ts'
import type { QuotaPolicy } from '../policies/policy.ts'
import { ALWAYS, type WindowBounds } from '../windows/quota-window.ts'
import { oldestStep } from '../windows/sliding-steps.ts'
import type { TenantPolicies } from '../policies/tenant-policies.ts'

/** The policies of a tenant before and after something changed them; undefined where it has none, as nobody described its plan. */
export interface PolicyChange {
  readonly before: TenantPolicies | undefined
  readonly after: TenantPolicies | undefined
}

/** The time at which openings are found, and how far ahead of it usage may lie. */
export interface OpeningTime {
  readonly nowMs: number
  readonly aheadMs: number
}

/** A stretch of time, half-open, whose usage belongs to one window or, where that slides, to one step. */
export interface OpeningStretch {
  readonly fromMs: number
  readonly toMs: number
  /** Of the counter's window. */
  readonly window: WindowBounds
  /** The time that says which step is meant; the same for all stretches of one. */
  readonly atMs: number
}

/** A limit key that counts from now on what was not counted before. */
export interface Opening {
  readonly tenantId: string
  readonly policy: QuotaPolicy
  readonly stretches: readonly OpeningStretch[]
}

/**
 * The limit keys in effect now of which some usage of the present window was not counted, and all the time whose usage belongs
 * there. Windows that usage ahead of the clock may have reached already are present too.
 */
export function findOpenings({ before, after }: PolicyChange, time: OpeningTime, finding: CounterFinding): Opening[] {
  if (after === undefined) return []
  const counts = limitKeysInEffect(after)
  const counted = before === undefined ? undefined : limitKeysInEffect(before)
  const edgesMs = [...new Set([...(before?.grouping.edgesMs ?? []), ...after.grouping.edgesMs])].sort((a, b) => a - b)

  return after.inEffect(time.nowMs).flatMap((policy): Opening[] => {
    const wasCounted = ({ fromMs, window }: OpeningStretch) => {
      if (before === undefined || counted?.(fromMs).has(policy.limitKey) !== true) return false
      const known = boundsOf(policy, fromMs, before, finding)
      return known.fromMs === window.fromMs && known.toMs === window.toMs
    }
    const stretches = presentStretches(policy, after, time, finding)
      .flatMap(stretch => cutAtEdges(stretch, edgesMs))
      .filter(({ fromMs }) => counts(fromMs).has(policy.limitKey))
    return stretches.every(wasCounted) ? [] : [{ tenantId: after.tenantId, policy, stretches }]
  })
}

function presentStretches(policy: QuotaPolicy, policies: TenantPolicies, { nowMs, aheadMs }: OpeningTime, finding: CounterFinding): OpeningStretch[] {
  const { stepMs } = policy
  const untilMs = nowMs + aheadMs
  if (stepMs !== null) {
    const oldest = oldestStep(stepMs, nowMs)
    const running = Math.floor(nowMs / stepMs)
    return Array.from({ length: running - oldest + 1 }, (_, i) => {
      const fromMs = (oldest + i) * stepMs
      // What lies ahead of the clock counts in the step that runs.
      const toMs = oldest + i === running ? Math.max(fromMs + stepMs, untilMs + 1) : fromMs + stepMs
      return { fromMs, toMs, window: ALWAYS, atMs: fromMs }
    })
  }
  const stretches: OpeningStretch[] = []
  for (let atMs = nowMs; atMs <= untilMs;) {
    const window = boundsOf(policy, atMs, policies, finding)
    stretches.push({ ...window, window, atMs: window.fromMs })
    atMs = window.toMs
  }
  return stretches
}

/** Between two edges of validity, the same policies hold. */
function cutAtEdges(stretch: OpeningStretch, edgesMs: readonly number[]): OpeningStretch[] {
  const starts = [stretch.fromMs, ...edgesMs.filter(edge => stretch.fromMs < edge && edge < stretch.toMs)]
  return starts.map((fromMs, i) => ({ ...stretch, fromMs, toMs: starts[i + 1] ?? stretch.toMs }))
}

/** The limit keys that a policy is in effect for at a time. */
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
