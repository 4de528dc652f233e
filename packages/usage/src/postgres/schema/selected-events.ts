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

const LIST_COLUMNS = { sessions: 'session_id', requests: 'request_id', traces: 'trace_id' } as const

/** Returns the events that a filter selects by more than their dimensions. */
export function selectedEvents(filter: UsageFilter, costs: 'corrected' | 'recorded', { add }: StatementValues): SelectedEvents {
  const events = costs === 'corrected' ? CORRECTED : ALL_EVENTS
  const lists = EVENT_LISTS.flatMap(name => {
    const values = filter[name]
    return values === undefined ? [] : [`${name === 'pricingStates' ? events.state : LIST_COLUMNS[name]} = any (${add(textArray(values))}::text[])`]
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
