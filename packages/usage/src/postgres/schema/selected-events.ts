import { type StatementValues, textArray } from '@tollgate/postgres'
import { EVENT_LISTS, type UsageFilter } from '../../model/usage-filter.ts'

/** Where the events of a filter are read, and the expressions of what corrections change. */
export interface SelectedEvents {
  /** Follows `from`. The alias of an event is `event`. */
  readonly from: string
  /** Continues the conditions of the statement. */
  readonly where: string
  readonly state: string
  readonly cost: string
  readonly reason: string
}

/** All events, as they were recorded. */
export const ALL_EVENTS: SelectedEvents = { from: 'usage.events as event', where: '', state: 'pricing_state', cost: 'cost', reason: 'unpriced_reason' }

/** Reads the last correction of an event by its primary key. */
const LAST_CORRECTION = `left join lateral (
        select new_state, new_cost, new_reason
        from usage.cost_corrections as correction
        where correction.event_id = event.id
        order by version desc
        limit 1
      ) as corrected on true`

const CORRECTED: SelectedEvents = {
  from: `usage.events as event ${LAST_CORRECTION}`,
  where: '',
  state: 'coalesce(new_state, pricing_state)',
  cost: 'case when new_state is null then cost else new_cost end',
  reason: 'case when new_state is null then unpriced_reason else new_reason end',
}

/** The condition of each list on its values, but for pricing states, which corrections change. */
const LIST_CONDITIONS: Readonly<Record<Exclude<(typeof EVENT_LISTS)[number], 'pricingStates'>, (values: string) => string>> = {
  sessions: values => `session_id = any (${values})`,
  requests: values => `request_id = any (${values})`,
  traces: values => `trace_id = any (${values})`,
  // The attributes last: they take longest.
  identifiers: values =>
    `(session_id = any (${values}) or request_id = any (${values}) or trace_id = any (${values}) or event.idempotency_key = any (${values})
      or jsonb_path_exists(attributes, '$.* ? (@ == $values[*])', jsonb_build_object('values', to_jsonb(${values}))))`,
}

/** Returns the events that a filter selects by more than their dimensions. */
export function selectedEvents(filter: UsageFilter, costs: 'corrected' | 'recorded', { add }: StatementValues): SelectedEvents {
  const events = costs === 'corrected' ? CORRECTED : ALL_EVENTS
  const lists = EVENT_LISTS.flatMap(name => {
    const values = filter[name]
    if (values === undefined) return []
    const list = `${add(textArray(values))}::text[]`
    return [name === 'pricingStates' ? `${events.state} = any (${list})` : LIST_CONDITIONS[name](list)]
  })
  const { atLeast, atMost } = filter.cost ?? {}
  const conditions = [
    ...lists,
    ...((filter.missing ?? []).includes('session') ? ['session_id is null'] : []),
    ...(atLeast === undefined ? [] : [`${events.cost} >= ${add(atLeast.toFixed())}::numeric`]),
    ...(atMost === undefined ? [] : [`${events.cost} <= ${add(atMost.toFixed())}::numeric`]),
  ]
  return { ...events, where: conditions.map(condition => ` and ${condition}`).join('') }
}
