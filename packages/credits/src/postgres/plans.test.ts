import { countingIds, Decimal, settableClock, tenantScope } from '@tollgate/kernel'
import type { PostgresDatabase, PostgresTransaction, PreparedStatement } from '@tollgate/postgres'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCredits } from '../create-credits.ts'
import { debitUsages, START } from '../testing/builders/wallets.ts'
import { postgresCreditStore } from './index.ts'

const WALLETS = 6_000
const NO_USAGE = {
  operation: 'chat',
  provider: null,
  model: null,
  tokens: null,
  quantity: null,
  cost: null,
  description: null,
  resourceType: null,
  resourceId: null,
  reservationId: null,
}
/** A few rows for an installation, or one for a tenant. */
const SMALL_TABLES: ReadonlySet<string> = new Set(['costs', 'debit_rules'])
const TENANT = 'tenant-1'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
  // 300 wallets of each of ten tenants, and thousands of tenants with one, so that an average tenant has two.
  await test.asOwner(`insert into credits.wallets (tenant_id, id, customer_id, terms, created_at, updated_at)
    select case when n <= ${WALLETS} / 2 then 'tenant-' || n % 10 else 'small-' || n end, md5(n::text)::uuid, 'customer-' || n, '{"whenEmpty": {"kind": "block"}, "alerts": {"below": [], "daysLeft": null, "expiresWithinDays": null}}', '${START}', '${START}'
    from generate_series(1, ${WALLETS}) as n`)
  await test.asOwner(`insert into credits.grants (tenant_id, id, wallet_id, amount, remaining, held, state, source, priority, effective_at, rollover, created_at)
    select tenant_id, id, id, 10, 10, 0, 'active', 'purchase', 100, '${START}', '{"kind": "none"}', '${START}' from credits.wallets`)
  await test.asOwner(`insert into credits.entries (tenant_id, wallet_id, sequence, kind, occurred_at, recorded_at, balance_after, event_id)
    select tenant_id, id, n, 'debit', '${START}', '${START}', 0, md5(id::text || n)::uuid from credits.wallets, generate_series(1, 5) as n`)
  await test.asOwner(`insert into credits.reservations (tenant_id, id, wallet_id, amount, state, created_at, expires_at, shares)
    select tenant_id, id, id, 1, case when n % 10 = 0 then 'open' else 'settled' end, '${START}', '2026-03-11', '[]'
    from (select *, row_number() over () as n from credits.wallets) as numbered`)
  await test.asOwner(`insert into credits.allowances (tenant_id, wallet_id, id, amount, priority, rollover, anchor_day, time_zone, next_at)
    select tenant_id, id, 'plan', 1, 100, '{"kind": "none"}', 1, 'UTC', '2026-04-01' from credits.wallets`)
  await test.asOwner(`insert into credits.keys (tenant_id, key, fingerprint) select tenant_id, id, '' from credits.wallets`)
  await test.asOwner('update credits.wallets set sequence = 5')
  await test.asOwner('vacuum analyze')
  // Explained by a function, because the driver binds the parameters of each statement.
  await test.asOwner(`create function credits.generic_plan(statement text) returns json language plpgsql as $$ declare plan json;
    begin execute 'explain (generic_plan, format json) ' || statement into plan; return plan; end $$`)
})
afterAll(() => test.drop())

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly Plans?: readonly PlanNode[]
}

/** A statement that was run, and its parameters. */
interface Run {
  readonly text: string
  readonly values: readonly unknown[]
}

/** Records the statements that a database runs. */
function recording({ database }: TestDatabase, runs: Map<string, Run>): PostgresDatabase {
  const record = (statement: string | PreparedStatement, values: readonly unknown[] = []) => {
    const text = typeof statement === 'string' ? statement : statement.text
    runs.set(text, { text, values })
  }
  const recorded = (transaction: PostgresTransaction): PostgresTransaction => ({
    ...transaction,
    query: (statement, values) => {
      record(statement, values)
      return transaction.query(statement, values)
    },
  })
  return {
    ...database,
    query: (scope, statement, values) => {
      record(statement, values)
      return database.query(scope, statement, values)
    },
    transaction: (scope, work) => database.transaction(scope, transaction => work(recorded(transaction))),
  }
}

/** Returns what a plan reads of the tables of credits without an index, or by an index of which only the tenant is compared. */
function slowReads(node: PlanNode): string[] {
  const below = (node.Plans ?? []).flatMap(slowReads)
  const { 'Relation Name': table, 'Index Name': index, 'Index Cond': condition = '' } = node
  const isBitmap = node['Node Type'] === 'Bitmap Heap Scan'
  if (table !== undefined && node['Node Type'] === 'Seq Scan' && !SMALL_TABLES.has(table)) return [...below, `all of ${table}`]
  const comparesTenantOnly = index !== undefined && !isBitmap && !/ AND /.test(condition) && !/^debit_rules|^alert_heads/.test(index)
  return comparesTenantOnly ? [...below, `${index} by ${condition}`] : below
}

it('each statement of the usual operations finds its rows by an index, with any values', async () => {
  const runs = new Map<string, Run>()
  const ids = countingIds()
  const database = recording(test, runs)
  const clock = settableClock(START)
  const credits = createCredits({ store: postgresCreditStore({ database, ids }), clock, ids })
  const owners = await test.asOwner<{ customer: string }>(`select customer_id as customer from credits.wallets where tenant_id = '${TENANT}' limit 8`)
  const [ana, ben] = owners.map(({ customer }) => ({ tenantId: TENANT, customerId: customer }))
  if (ana === undefined || ben === undefined) throw new Error('There are no wallets.')
  const { grant } = await credits.grant({ ...ana, amount: '20', idempotencyKey: 'order' })
  await credits.spend({ ...ana, amount: '1', idempotencyKey: 'spent' })
  const { reservation } = await credits.reserve({ ...ana, amount: '1' })
  await credits.settle({ tenantId: TENANT, reservationId: reservation?.id ?? '', amount: '1' })
  await credits.transfer({ tenantId: TENANT, fromCustomerId: ana.customerId, toCustomerId: ben.customerId, amount: '1', idempotencyKey: 'moved' })
  await credits.voidGrant({ tenantId: TENANT, grantId: grant.id, amount: '1', reason: 'mistake' })
  // Two of each wallet, which are stored in one row.
  const customers = [...owners, ...owners].map(({ customer }) => customer)
  const eventIds = customers.map(() => ids.uuidV7(clock.now().epochMilliseconds))
  const usages = customers.map((customer, i) => ({
    ...NO_USAGE,
    tenantId: TENANT,
    customerId: customer,
    eventId: eventIds[i] ?? '',
    occurredAt: clock.now(),
    credits: new Decimal('0.5'),
  }))
  await database.transaction(tenantScope(TENANT), within => debitUsages(credits, within, usages))
  await database.transaction(tenantScope(TENANT), async within => {
    await credits.correctIn(within, usages)
  })
  await credits.debitsOf(TENANT, eventIds)
  await credits.wallet(ana)
  await credits.entries({ ...ana, first: 5, range: { from: clock.now().subtract({ hours: 1 }), to: clock.now().add({ hours: 1 }) } })
  await credits.balanceAt(ana, clock.now())
  expect(runs.size).toBeGreaterThan(20)
  const slow: string[] = []
  for (const { text, values } of runs.values()) {
    // The plan for these values, and the one that a prepared statement uses for all.
    for (const plan of [await explain(`explain (format json) ${text}`, values), await explain('select credits.generic_plan($1) as "QUERY PLAN"', [text])]) {
      for (const read of slowReads(plan)) slow.push(`${read}: ${text.slice(0, 120)}`)
    }
  }
  expect(slow).toEqual([])
})

async function explain(text: string, values: readonly unknown[]): Promise<PlanNode> {
  const [row] = await test.database.query<{ 'QUERY PLAN': string | [{ Plan: PlanNode }] }>(tenantScope(TENANT), text, values)
  const plan = row?.['QUERY PLAN']
  const [{ Plan: root }] = (typeof plan === 'string' ? JSON.parse(plan) : plan) as [{ Plan: PlanNode }]
  return root
}
