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

/** The column of each list, but for those that are compared with several, or with what corrections change. */
const COLUMNS = { sessions: 'session_id', requests: 'request_id', traces: 'trace_id' } as const

/** The attributes last, and by a path that is a parameter: they take longest. */
function identifiedBy(values: readonly string[], list: string, add: StatementValues['add']): string {
  const columns = ['session_id', 'request_id', 'trace_id', 'event.idempotency_key'].map(column => `${column} = any (${list})`)
  const attributes = values.length === 0 ? [] : [`attributes @@ ${add(anyAttribute(values))}::jsonpath`]
  return `(${[...columns, ...attributes].join(' or ')})`
}

/** Returns the path of an object of which some value is one of these texts. */
function anyAttribute(values: readonly string[]): string {
  return values.map(value => `$.* == ${JSON.stringify(value.toWellFormed())}`).join(' || ')
}

/** Returns the events that a filter selects by more than their dimensions. */
export function selectedEvents(filter: UsageFilter, costs: 'corrected' | 'recorded', { add }: StatementValues): SelectedEvents {
  const events = costs === 'corrected' ? CORRECTED : ALL_EVENTS
  const lists = EVENT_LISTS.flatMap(name => {
    const values = filter[name]
    if (values === undefined) return []
    const list = `${add(textArray(values))}::text[]`
    if (name === 'identifiers') return [identifiedBy(values, list, add)]
    return [`${name === 'pricingStates' ? events.state : COLUMNS[name]} = any (${list})`]
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
