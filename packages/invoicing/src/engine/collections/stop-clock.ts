import { Temporal } from '@tollgate/kernel'
import type { CollectionHold } from '../../model/collections/collection-hold.ts'

/** A time in which the days of collections do not count. */
export type Stretch = Pick<CollectionHold, 'from' | 'to'>

const { compare } = Temporal.Instant

/** Returns the times of holds in order, without overlaps. */
export function mergeHolds(holds: readonly Stretch[]): readonly Stretch[] {
  const merged: { from: Temporal.Instant; to: Temporal.Instant | null }[] = []
  for (const { from, to } of holds.toSorted((one, other) => compare(one.from, other.from))) {
    if (to !== null && compare(to, from) <= 0) continue
    const last = merged.at(-1)
    if (last === undefined || (last.to !== null && compare(last.to, from) < 0)) merged.push({ from, to })
    else if (last.to !== null && (to === null || compare(to, last.to) > 0)) last.to = to
  }
  return merged
}

/**
 * Returns the time `days` calendar days after `start`, not counting merged holds, at which nothing happens. Returns undefined if
 * a hold has no end yet.
 */
export function afterDays(
  start: Temporal.Instant,
  { days, timeZone, holds }: { readonly days: number; readonly timeZone: string; readonly holds: readonly Stretch[] },
): Temporal.Instant | undefined {
  let time = start.toZonedDateTimeISO(timeZone).add({ days }).toInstant()
  for (const { from, to } of holds) {
    if (to !== null && compare(to, start) <= 0) continue
    const stopped = compare(from, start) > 0 ? from : start
    if (compare(stopped, time) > 0) break
    if (to === null) return undefined
    time = time.add(to.since(stopped))
  }
  return time
}

/** Whether a time is in one of the holds. */
export function isHeld(time: Temporal.Instant, holds: readonly Stretch[]): boolean {
  return holds.some(({ from, to }) => compare(from, time) <= 0 && (to === null || compare(time, to) < 0))
}
