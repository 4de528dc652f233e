import { OPERATOR_SCOPE, type Temporal, tenantScope } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { TopUpClaim } from '../credit-store.ts'
import type { TopUp } from '../model/top-up.ts'
import { SELECT_TOP_UP, topUpOf, type TopUpRow } from './tables/top-ups.ts'

// Uses due_top_ups, which has few rows.
const TENANTS = `select distinct tenant_id from credits.top_ups where state = 'requested' and next_attempt_at <= $1::timestamptz order by 1 limit $2`

/** Returns tenants with top-ups that are due. */
export async function readTopUpTenants(database: PostgresDatabase, now: Temporal.Instant, first: number): Promise<readonly string[]> {
  return (await database.query<{ tenant_id: string }>(OPERATOR_SCOPE, TENANTS, [now.toString(), first])).map(({ tenant_id }) => tenant_id)
}

// Uses due_top_ups. Moves the next attempt before this one is made, so that no other process makes it too.
const CLAIM = `with due as (
    select tenant_id, id, ($4::int[])[least(attempts + 1, cardinality($4::int[]))] as seconds from credits.top_ups
    where tenant_id = $1 and state = 'requested' and next_attempt_at <= $2::timestamptz
    order by next_attempt_at limit $3 for update skip locked
  ), claimed as (
    update credits.top_ups as top_up set attempts = attempts + 1, next_attempt_at = $2::timestamptz + make_interval(secs => due.seconds)
    from due where top_up.tenant_id = due.tenant_id and top_up.id = due.id
    returning top_up.*
  )
  select ${SELECT_TOP_UP} from claimed order by requested_at, id`

/** Claims top-ups of a tenant that are due. */
export async function claimTopUps(database: PostgresDatabase, tenantId: string, { now, first, retrySeconds }: TopUpClaim): Promise<readonly TopUp[]> {
  return (await database.query<TopUpRow>(tenantScope(tenantId), CLAIM, [tenantId, now.toString(), first, [...retrySeconds]])).map(topUpOf)
}
