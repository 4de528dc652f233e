import { inScope, type PostgresDatabase, type Statement, statementValues, timestampArray, uuidArray } from '@tollgate/postgres'
import { isUuid, type Scope, uuidV7Milliseconds } from '@tollgate/kernel'
import type { UsageEvent } from '../../model/event.ts'
import { EVENT_SELECTION, eventOf, type EventRow } from './event-row.ts'

/** Implements `UsageStore.eventsById`. */
export async function eventsById(database: PostgresDatabase, scope: Scope, ids: readonly string[]): Promise<UsageEvent[]> {
  const wanted = [...new Set(ids)].filter(isUuid)
  if (wanted.length === 0) return []
  const { text, values } = eventsByIdStatement(scope, wanted)
  return (await database.query<EventRow>(scope, text, values)).map(eventOf)
}

/**
 * An id contains the millisecond of its event, which leads to the partition and to a range of the primary key
 * (tenant_id, occurred_at, id); for an operator, to a few blocks of the BRIN index on time. "offset 0" keeps the planner
 * from turning the look-ups into a join with all events.
 */
export function eventsByIdStatement(scope: Scope, ids: readonly string[]): Statement {
  const statement = statementValues()
  const wanted = statement.add(uuidArray(ids))
  const milliseconds = statement.add(timestampArray(ids.map(id => uuidV7Milliseconds(id) * 1000)))
  const text = `
    select ${EVENT_SELECTION}
    from unnest(${wanted}::uuid[], ${milliseconds}::timestamptz[]) as wanted (id, millisecond)
    cross join lateral (
      select *
      from usage.events
      where ${inScope(scope, statement)} and occurred_at >= millisecond and occurred_at < millisecond + interval '1 millisecond'
        and events.id = wanted.id
      offset 0
    ) as event
    join usage.dimension_sets as dimension_set on dimension_set.id = event.dimension_set_id`
  return { text, values: statement.values }
}
