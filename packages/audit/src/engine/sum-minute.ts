import type { MinuteOfActivity } from '../model/activity-count.ts'

/** Sums the counts of one tenant and minute by actor and type, in the order of the first count of each. */
export function sumMinute(counts: readonly MinuteOfActivity[]): MinuteOfActivity[] {
  const groups = Map.groupBy(counts, ({ actor, family, action }) => `${actor.kind} ${actor.id ?? ''} ${family} ${action}`)
  return [...groups.values()].flatMap(([first, ...others]) => (first === undefined ? [] : [others.reduce(addCounts, first)]))
}

function addCounts(sum: MinuteOfActivity, { calls, counts }: MinuteOfActivity): MinuteOfActivity {
  const added = { ...sum.counts }
  for (const [name, count] of Object.entries(counts)) added[name] = (added[name] ?? 0) + count
  return { ...sum, calls: sum.calls + calls, counts: added }
}
