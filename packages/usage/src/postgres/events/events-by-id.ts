import { type Scope, uuidV7Milliseconds } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/kernel/postgres'
import type { UsageEvent } from '../../event.ts'
import { timestampArray, uuidArray } from '../column-array.ts'
import { isUuid } from '../is-uuid.ts'
import { inScope, statementValues } from '../matching-sets.ts'
import { EVENT_COLUMNS, eventOf, type EventRow } from './event-row.ts'

/** Answers `UsageStore.eventsById`. */
export async function eventsById(database: PostgresDatabase, scope: Scope, ids: readonly string[]): Promise<UsageEvent[]> {
  const wanted = [...new Set(ids)].filter(isUuid)
  if (wanted.length === 0) return []
  const statement = statementValues()
  const idValues = statement.add(uuidArray(wanted))
  const times = statement.add(timestampArray(wanted.map(id => uuidV7Milliseconds(id) * 1000)))
  // An id holds the millisecond of its event: the partition, and a stretch of the primary key (tenant_id, occurred_at,
  // id) in it. Without a tenant, the primary key is skipped through, tenant by tenant.
  const text = `
    select ${EVENT_COLUMNS}
    from unnest(${idValues}::uuid[], ${times}::timestamptz[]) as wanted (id, millisecond)
    cross join lateral (
      select *
      from usage.events
      where ${inScope(scope, statement)} and occurred_at >= millisecond and occurred_at < millisecond + interval '1 millisecond'
        and events.id = wanted.id
    ) as event
    join usage.dimension_sets as dimension_set on dimension_set.id = event.dimension_set_id`
  const rows = await database.query<EventRow>(scope, text, statement.values)
  return rows.map(eventOf)
}
