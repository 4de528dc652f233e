import { OPERATOR_SCOPE, Temporal, tenantScope } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { TestClock } from '../model/test-clock.ts'
import type { TestClockStore } from '../test-clock-store.ts'

const COLUMNS = 'tenant_id, now::text, target::text, created_at::text'

const ALL = `select ${COLUMNS} from accounts.test_clocks order by tenant_id`

const ADD = `insert into accounts.test_clocks (tenant_id, now, target, created_at)
  select $1, $2::timestamptz, $3::timestamptz, $4::timestamptz where (select count(*) from accounts.test_clocks) < $5
  on conflict (tenant_id) do nothing returning tenant_id`

const REMOVE = 'delete from accounts.test_clocks where tenant_id = $1'

// The latest time wins, so that two calls that advance the same clock cannot move it back.
const MOVE = `update accounts.test_clocks set now = greatest(now, $2::timestamptz), target = greatest(target, $3::timestamptz)
  where tenant_id = $1 returning ${COLUMNS}`

interface Row {
  readonly tenant_id: string
  readonly now: string
  readonly target: string
  readonly created_at: string
}

/** Stores test clocks in `accounts.test_clocks`. */
export function postgresTestClockStore(database: PostgresDatabase): TestClockStore {
  return {
    all: async () => (await database.query<Row>(OPERATOR_SCOPE, ALL)).map(clockOf),
    async add({ tenantId, now, target, createdAt }, max) {
      const values = [tenantId, now.toString(), target.toString(), createdAt.toString(), max]
      return (await database.query(OPERATOR_SCOPE, ADD, values)).length > 0
    },
    async remove(tenantId) {
      await database.query(tenantScope(tenantId), REMOVE, [tenantId])
    },
    async move(tenantId, { now, target }) {
      const [row] = await database.query<Row>(tenantScope(tenantId), MOVE, [tenantId, now.toString(), target.toString()])
      return row && clockOf(row)
    },
  }
}

function clockOf({ tenant_id: tenantId, now, target, created_at }: Row): TestClock {
  return { tenantId, now: Temporal.Instant.from(now), target: Temporal.Instant.from(target), createdAt: Temporal.Instant.from(created_at) }
}
