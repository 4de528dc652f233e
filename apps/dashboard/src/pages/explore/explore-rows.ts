import type { RowFragment, UsageGroupsQuery } from './explore-groups.operations.ts'
import { numberOf } from './measure.ts'
import type { MeasureName } from './explore-view.ts'

type Usage = UsageGroupsQuery['usage']
type Group = NonNullable<Usage['groups']>['groups'][number]

/** One row of the table: a group, all other groups together, or the total. */
export interface ExploreRow {
  readonly kind: 'group' | 'other' | 'total'
  readonly key: string
  /** A value for each dimension; empty for other groups and the total. */
  readonly values: Group['key']
  readonly measures: RowFragment
  /** The usage in the period before: null if there was none, undefined if it is not known. */
  readonly before: RowFragment | null | undefined
}

/** Returns the rows of the table: the largest groups, all others as one, and the total. */
export function exploreRows({ totals, groups, previous }: Usage): readonly ExploreRow[] {
  const earlier = new Map((previous?.groups?.groups ?? []).map(({ key, measures }) => [keyOf(key), measures]))
  const knowsAll = previous?.groups !== undefined && previous.groups.groupCount <= previous.groups.groups.length
  const largest = (groups?.groups ?? []).map(({ key, measures }): ExploreRow => {
    const name = keyOf(key)
    return { kind: 'group', key: name, values: key, measures, before: earlier.get(name) ?? (knowsAll ? null : undefined) }
  })
  const other = groups?.other
  return [
    ...largest,
    ...(other === null || other === undefined ? [] : [{ kind: 'other', key: 'other', values: [], measures: other, before: undefined } as const]),
    { kind: 'total', key: 'total', values: [], measures: totals, before: previous?.totals },
  ]
}

function keyOf(key: Group['key']): string {
  return JSON.stringify(key.map(({ value }) => value))
}

/** Returns the share of a row in the total, from 0 to 1. Null for what does not add up. */
export function shareOf({ measures }: ExploreRow, totals: RowFragment, measure: MeasureName): number | null {
  if (measure === 'LATENCY_P95') return null
  const [part, all] = [numberOf(measures, measure), numberOf(totals, measure)]
  return part === null || all === null || all === 0 ? null : part / all
}

/** Returns the change of a row from the period before: 0.25 for a quarter more. Null if there was nothing to compare with. */
export function changeOf({ measures, before }: ExploreRow, measure: MeasureName): number | null {
  if (before === null || before === undefined) return null
  const [now, then] = [numberOf(measures, measure), numberOf(before, measure)]
  return now === null || then === null || then === 0 ? null : (now - then) / then
}
