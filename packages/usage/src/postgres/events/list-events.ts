import type { Scope } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/kernel/postgres'
import type { EventPage, EventsQuery } from '../../usage-store.ts'
import { timestampArray, uuidArray } from '../column-array.ts'
import { instantMicroseconds } from '../instant-microseconds.ts'
import { matchingSets, type StatementValues, statementValues } from '../matching-sets.ts'
import { EVENT_COLUMNS, eventOf, type EventRow } from './event-row.ts'

/** Answers `UsageStore.events`. */
export async function listEvents(database: PostgresDatabase, scope: Scope, query: EventsQuery): Promise<EventPage> {
  const statement = statementValues()
  const rows = await database.query<EventRow>(scope, eventsText(scope, query, statement), statement.values)
  return { events: rows.slice(0, query.first).map(eventOf), hasMore: rows.length > query.first }
}

/**
 * The newest events of each tenant, one more than the page; of those, the newest. For each tenant that is the end of a
 * stretch of the primary key (tenant_id, occurred_at, id), read backwards, newest partition first, and no further than
 * needed. For an operator, the tenants are those that have dimension sets, from its index over tenant_id.
 */
function eventsText(scope: Scope, { range, filter = {}, first, after }: EventsQuery, statement: StatementValues): string {
  const time = (microseconds: number) => `(${statement.add(timestampArray([microseconds]))}::timestamptz[])[1]`
  const position = after && `and (occurred_at, id) < (${time(instantMicroseconds(after.occurredAt))}, (${statement.add(uuidArray([after.id]))}::uuid[])[1])`
  const sets = matchingSets(scope, filter, statement)
  const filtered = Object.values(filter).some(list => list !== undefined)
  const limit = statement.add(first + 1)
  return `
    with recursive tenants as (
      (select tenant_id from usage.dimension_sets where ${sets} order by tenant_id limit 1)
      union all
      select (select tenant_id from usage.dimension_sets where tenant_id > tenants.tenant_id and ${sets} order by tenant_id limit 1)
      from tenants where tenants.tenant_id is not null
    ), matching_sets as materialized (
      select id from usage.dimension_sets where ${filtered ? sets : 'false'}
    ), page as (
      select newest.*
      from tenants cross join lateral (
        select *
        from usage.events
        where events.tenant_id = tenants.tenant_id and occurred_at >= ${time(instantMicroseconds(range.from))} and occurred_at < ${time(instantMicroseconds(range.to))}
          ${position ?? ''}
          ${filtered ? 'and dimension_set_id in (select id from matching_sets)' : ''}
        order by occurred_at desc, id desc
        limit ${limit}
      ) as newest
      order by occurred_at desc, id desc
      limit ${limit}
    )
    select ${EVENT_COLUMNS}
    from page as event join usage.dimension_sets as dimension_set on dimension_set.id = event.dimension_set_id
    order by event.occurred_at desc, event.id desc`
}
