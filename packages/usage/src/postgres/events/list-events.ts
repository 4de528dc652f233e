import { type PostgresDatabase, type Statement, statementValues, timestampArray, toEpochMicroseconds, uuidArray } from '@tollgate/postgres'
import { type Page, type Scope, toPage } from '@tollgate/kernel'
import type { UsageEvent } from '../../model/event.ts'
import type { EventsQuery } from '../../usage-store.ts'
import { filterLists, missingDimensions, selectsSingleEvents } from '../../model/usage-filter.ts'
import { matchingSets } from '../schema/matching-sets.ts'
import { ALL_EVENTS, selectedEvents } from '../schema/selected-events.ts'
import { tenantsInScope } from '../schema/tenants-in-scope.ts'
import { EVENT_SELECTION, eventOf, type EventRow } from './event-row.ts'

/** Implements `UsageStore.events`. */
export async function listEvents(database: PostgresDatabase, scope: Scope, query: EventsQuery): Promise<Page<UsageEvent>> {
  const { text, values } = eventsStatement(scope, query)
  const rows = await database.query<EventRow>(scope, text, values)
  const { items, hasMore } = toPage(rows, query.first)
  return { items: items.map(eventOf), hasMore }
}

/**
 * Selects the newest events of each tenant, one more than the page, and of those the newest. Each tenant's part reads the
 * primary key (tenant_id, occurred_at, id) backwards, newest partition first, and stops when it has enough. With a filter,
 * it skips the events that do not match.
 */
export function eventsStatement(scope: Scope, { range, filter = {}, first, after }: EventsQuery): Statement {
  const statement = statementValues()
  const time = (microseconds: number) => `(${statement.add(timestampArray([microseconds]))}::timestamptz[])[1]`
  const from = time(toEpochMicroseconds(range.from))
  const to = time(toEpochMicroseconds(range.to))
  const position = after && `and (occurred_at, id) < (${time(toEpochMicroseconds(after.occurredAt))}, (${statement.add(uuidArray([after.id]))}::uuid[])[1])`
  const filtered = filterLists(filter).length + missingDimensions(filter).length > 0
  const events = selectsSingleEvents(filter) ? selectedEvents(filter, 'corrected', statement) : ALL_EVENTS
  const limit = statement.add(first + 1)
  const text = `
    with recursive tenants as (
      ${tenantsInScope(scope, statement)}
    )${
      filtered
        ? `, matching_sets as materialized (
      select id, tenant_id from usage.dimension_sets where ${matchingSets(scope, filter, statement)}
    )`
        : ''
    }, page as (
      select newest.*
      from (${filtered ? 'select distinct tenant_id from matching_sets' : 'select tenant_id from tenants'}) as tenant
      cross join lateral (
        select event.*
        from ${events.from}
        where event.tenant_id = tenant.tenant_id and event.occurred_at >= ${from} and event.occurred_at < ${to}${events.where}
          ${position ?? ''}
          ${filtered ? 'and dimension_set_id = any (array(select id from matching_sets))' : ''}
        order by occurred_at desc, id desc
        limit ${limit}
      ) as newest
      order by occurred_at desc, id desc
      limit ${limit}
    )
    select ${EVENT_SELECTION}
    from page as event join usage.dimension_sets as dimension_set on dimension_set.id = event.dimension_set_id
    order by event.occurred_at desc, event.id desc`
  return { text, values: statement.values }
}
