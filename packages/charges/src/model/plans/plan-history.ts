import { type Period, periodIncludes, Temporal } from '@tollgate/kernel'

/** The plans of a tenant over time. */
export interface PlanHistory {
  /** Before the first change. Null for none. */
  readonly before: string | null
  /** In order of time. */
  readonly changes: readonly { readonly from: Temporal.Instant; readonly plan: string | null }[]
}

/** A stretch of time with one plan. */
export interface PlanPeriod {
  readonly range: Period
  readonly plan: string | null
}

/** Returns the plan at a time. */
export function planAt({ before, changes }: PlanHistory, at: Temporal.Instant): string | null {
  const last = changes.findLast(({ from }) => Temporal.Instant.compare(from, at) <= 0)
  return last === undefined ? before : last.plan
}

/** Cuts a range where the plan changes. The periods adjoin and cover the range. */
export function planPeriods(history: PlanHistory, range: Period): readonly PlanPeriod[] {
  const starts = [range.from, ...history.changes.map(({ from }) => from).filter(from => periodIncludes(range, from) && !from.equals(range.from))]
  return starts.map((from, position) => ({ range: { from, to: starts[position + 1] ?? range.to }, plan: planAt(history, from) }))
}
