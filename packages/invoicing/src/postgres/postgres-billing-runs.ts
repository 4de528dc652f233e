import { OPERATOR_SCOPE, Temporal, toPage } from '@tollgate/kernel'
import { defineColumns, type PostgresDatabase, textArray } from '@tollgate/postgres'
import type { BillingRunStore, RunClaim } from '../billing/billing-run-store.ts'
import type { BillingFailure, BillingRun, BillingRunState } from '../model/billing/billing-run.ts'

/** Days that runs are kept. */
const KEPT_DAYS = 400

const SELECTED = `id, state, through, finalize, tenants_to_bill, total, tenants, invoices, drafts, failures, last_tenant, created_at, started_at, updated_at,
  finished_at`

// Two calls that share a run add it one after the other.
const LOCK = `lock table invoicing.billing_runs in share row exclusive mode`

/** Relies on billing_runs_to_do. */
export const FIND_SHARED = `select ${SELECTED} from invoicing.billing_runs
  where state <> 'completed' and through = $1::timestamptz and finalize = $2 and tenants_to_bill is not distinct from $3::text[] order by id limit 1`

const ADD = `insert into invoicing.billing_runs (id, state, through, finalize, tenants_to_bill, created_at, updated_at)
  values ($1, 'queued', $2::timestamptz, $3, $4::text[], $5::timestamptz, $5::timestamptz) returning ${SELECTED}`

const FORGET = `delete from invoicing.billing_runs where id in (select id from invoicing.billing_runs where id < $1::uuid order by id limit 100)`

const CLAIM = `update invoicing.billing_runs
  set state = 'running', claim = $2, total = $3::integer, started_at = coalesce(started_at, $4::timestamptz), updated_at = $4::timestamptz
  where id = $1 and state <> 'completed' returning ${SELECTED}`

const FAILURE_COLUMNS = defineColumns<BillingFailure>(column => [
  column('tenant', 'text', ({ tenantId }) => tenantId),
  column('code', 'text', ({ code }) => code),
  column('message', 'text', ({ message }) => message),
])

const ADVANCE = `with run as (
    update invoicing.billing_runs set tenants = tenants + $3::integer, invoices = invoices + $4::integer, drafts = drafts + $5::integer,
      failures = failures + $6::integer, last_tenant = $7, updated_at = $8::timestamptz
    where id = $1 and claim = $2 and state = 'running' returning id
  ), failed as (
    insert into invoicing.billing_run_failures (run_id, ${FAILURE_COLUMNS.names}) select run.id, failure.* from run cross join ${FAILURE_COLUMNS.unnestAs('failure', 9)}
    on conflict (run_id, tenant) do update set code = excluded.code, message = excluded.message
  )
  select id from run`

const END = `update invoicing.billing_runs set state = $3, updated_at = $4::timestamptz, finished_at = case when $3 = 'completed' then $4::timestamptz end
  where id = $1 and claim = $2 and state = 'running'`

const FIND = `select ${SELECTED} from invoicing.billing_runs where id = $1`

/** Relies on the primary key: ids sort by the time when runs were made. */
export const LIST_RUNS = `select ${SELECTED} from invoicing.billing_runs where $1::uuid is null or id < $1::uuid order by id desc limit $2`

/** Relies on the primary key. */
export const LIST_FAILURES = `select tenant, code, message from invoicing.billing_run_failures where run_id = $1 and ($2::text is null or tenant > $2::text) order by tenant limit $3`

/** Stores billing runs in PostgreSQL. */
export function postgresBillingRuns(database: PostgresDatabase): BillingRunStore {
  const query = <Row>(text: string, values: readonly unknown[]) => database.query<Row>(OPERATOR_SCOPE, text, values)
  const owner = ({ id, claim }: RunClaim) => [id, claim]
  return {
    add: ({ id, through, finalize, tenantIds, createdAt }, { share }) =>
      database.transaction(OPERATOR_SCOPE, async transaction => {
        const tenants = tenantIds && textArray(tenantIds)
        if (share) {
          await transaction.query(LOCK)
          const [shared] = await transaction.query<RunRow>(FIND_SHARED, [through.toString(), finalize, tenants])
          if (shared !== undefined) return runOf(shared)
        }
        await transaction.query(FORGET, [firstIdAt(createdAt.subtract({ hours: KEPT_DAYS * 24 }))])
        const [added] = await transaction.query<RunRow>(ADD, [id, through.toString(), finalize, tenants, createdAt.toString()])
        if (added === undefined) throw new TypeError('The billing run was not stored')
        return runOf(added)
      }),
    async claim(claim, { total, at }) {
      const [row] = await query<RunRow>(CLAIM, [...owner(claim), total, at.toString()])
      return row && runOf(row)
    },
    async advance(claim, { tenants, invoices, drafts, failures, lastTenantId, failed }, at) {
      const values = [tenants, invoices, drafts, failures, lastTenantId, at.toString(), ...FAILURE_COLUMNS.values(failed)]
      return (await query(ADVANCE, [...owner(claim), ...values])).length > 0
    },
    async end(claim, state, at) {
      await query(END, [...owner(claim), state, at.toString()])
    },
    async find(id) {
      const [row] = await query<RunRow>(FIND, [id])
      return row && runOf(row)
    },
    list: async ({ first, after = null }) => toPage((await query<RunRow>(LIST_RUNS, [after, first + 1])).map(runOf), first),
    async failures(runId, { first, after = null }) {
      const rows = await query<{ tenant: string; code: string; message: string }>(LIST_FAILURES, [runId, after, first + 1])
      return toPage(
        rows.map(({ tenant, code, message }) => ({ tenantId: tenant, code, message })),
        first,
      )
    },
  }
}

interface RunRow {
  readonly id: string
  readonly state: BillingRunState
  readonly through: string
  readonly finalize: boolean
  readonly tenants_to_bill: readonly string[] | null
  readonly total: number | null
  readonly tenants: number
  readonly invoices: number
  readonly drafts: number
  readonly failures: number
  readonly last_tenant: string | null
  readonly created_at: string
  readonly started_at: string | null
  readonly updated_at: string
  readonly finished_at: string | null
}

function runOf(row: RunRow): BillingRun {
  const { id, state, finalize, total, tenants, invoices, drafts, failures } = row
  const instant = (text: string | null) => (text === null ? null : Temporal.Instant.from(text))
  return {
    id,
    state,
    through: Temporal.Instant.from(row.through),
    finalize,
    tenantIds: row.tenants_to_bill,
    total,
    tenants,
    invoices,
    drafts,
    failures,
    lastTenantId: row.last_tenant,
    createdAt: Temporal.Instant.from(row.created_at),
    startedAt: instant(row.started_at),
    updatedAt: Temporal.Instant.from(row.updated_at),
    finishedAt: instant(row.finished_at),
  }
}

/** Returns the smallest UUIDv7 of a time. */
function firstIdAt({ epochMilliseconds }: Temporal.Instant): string {
  const hex = Math.max(epochMilliseconds, 0).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
