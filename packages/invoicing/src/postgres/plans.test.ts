import { Decimal, OPERATOR_SCOPE, type Scope, Temporal, tenantScope } from '@tollgate/kernel'
import type { PostgresDatabase, PostgresTransaction, PreparedStatement } from '@tollgate/postgres'
import { countReads, createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  postgresBillableSubscriptions,
  postgresBillingRuns,
  postgresCollectableInvoices,
  postgresInvoiceLedger,
  postgresInvoiceStore,
  postgresMailOutbox,
  postgresSubscriptionStore,
} from './index.ts'

const TENANTS = 1_500
const TENANT = 'tenant-7'
/** Has the oldest invoices, and as many as hundreds of other tenants. */
const LARGE_TENANT = 'tenant-9'
const INVOICES_OF_LARGE = 2_000
/** E-mails of the tenant, and of the operator. One has failed. */
const MAILS = 2_000
const NOW = Temporal.Instant.from('2026-11-20T12:00:00Z')
/** Rows that a statement may read for a tenant, which has three invoices of four lines, or for a page. */
const MAX_ROWS = 100
/** Few rows for an installation. */
const SMALL_TABLES: ReadonlySet<string> = new Set(['plans', 'billing_runs'])

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
  await test.asOwner(`insert into invoicing.subscriptions (tenant_id, id, status, currency, anchor_day, time_zone, started_at, phases, advanced_to, next_change, revision)
    select 'tenant-' || n, md5(n::text)::uuid, 'active', 'USD', 1, 'UTC', '2026-08-01', '[]', '2026-08-01', timestamptz '2026-11-20' + n * interval '1 day', 1
    from generate_series(1, ${TENANTS}) as n`)
  await test.asOwner(`insert into invoicing.billing_accounts (tenant_id, revision, numbers) select tenant_id, 3, '{"INV": 3}' from invoicing.subscriptions`)
  await test.asOwner(`insert into invoicing.billing_periods (tenant_id, subscription_id, period_from, period_to, line_dimensions)
    select tenant_id, id, from_at, from_at + interval '1 month', '["provider", "model"]' from invoicing.subscriptions, generate_series(timestamptz '2026-08-01', '2026-10-01', interval '1 month') as from_at`)
  await test.asOwner(`insert into invoicing.invoices (tenant_id, id, kind, series, sequence, number, state, subscription_id, currency, period_from, period_to, issued_at, due_at,
      time_zone, seller, buyer, tax_behavior, taxes, subtotal, discount_total, credit_total, tax_total, total, amount_paid, rounding)
    select tenant_id, (case when tenant_id = '${LARGE_TENANT}' then '0' else '' end || md5(tenant_id || n))::varchar(32)::uuid, 'invoice', 'INV', n, 'INV-' || tenant_id || n, 'open', id, 'USD', '2026-08-01', '2026-09-01', '2026-09-01', '2026-09-15',
      'UTC', '{}', '{}', 'exclusive', '[]', 10, 0, 0, 0, 10, case when n = 3 then 0 else 10 end, 0 from invoicing.subscriptions, generate_series(1, case tenant_id when '${LARGE_TENANT}' then ${INVOICES_OF_LARGE} else 3 end) as n`)
  await test.asOwner(`insert into invoicing.invoice_lines (tenant_id, invoice_id, position, id, kind, description, period_from, period_to, quantity, unit, unit_amount, amount, discounts,
      credits, net_amount, tax, tax_amount, dimensions, provenance, charge_key, basis_from, basis_to, charge_currency, charge_amount, charge_discounts, charge_credits)
    select tenant_id, id, n, md5(id::text || n)::uuid, 'usage', '', '2026-08-01', '2026-09-01', 1, 'call', 1, 1, '[]', 0, 1, '{"rate": "0", "components": []}', 0, '{}', '{}', 'key-' || n, '2026-08-01', '2026-09-01', 'USD', 1, '[]', 0
    from invoicing.invoices, generate_series(1, 4) as n`)
  await test.asOwner(`insert into invoicing.draft_invoices (tenant_id, id, subscription_id, period_from, period_to, line_dimensions)
    select tenant_id, id, id, '2026-10-01', '2026-11-01', '["provider"]' from invoicing.subscriptions`)
  for (const [table, tenant] of [
    ['mails', `'${TENANT}', `],
    ['operator_mails', ''],
  ]) {
    await test.asOwner(`insert into invoicing.${table} (${tenant === '' ? '' : 'tenant_id, '}id, key, kind, recipient, locale, data, created_at, state)
      select ${tenant}md5(n::text)::uuid, 'key-' || n, 'invoice', 'ana@acme.example', 'en', '{}', '2026-11-01', case n when 7 then 'failed' else 'sent' end
      from generate_series(1, ${MAILS}) as n`)
  }
  await test.asOwner(`insert into invoicing.mail_unsubscribes (tenant_id, kind, address, unsubscribed_at)
    select 'tenant-' || n, 'quota_alert', 'ana@acme.example', '2026-11-01' from generate_series(1, ${TENANTS}) as n`)
  await test.asOwner('vacuum analyze')
})
afterAll(() => test.drop())

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly PlanNode[]
}

interface Run {
  readonly scope: Scope
  readonly text: string
  readonly values: readonly unknown[]
}

/** Records the statements that a database runs. */
function recording({ database }: TestDatabase, runs: Run[]): PostgresDatabase {
  const record = (scope: Scope, statement: string | PreparedStatement, values: readonly unknown[] = []) =>
    runs.push({ scope, text: typeof statement === 'string' ? statement : statement.text, values })
  const recorded = (transaction: PostgresTransaction): PostgresTransaction => ({
    ...transaction,
    query: (statement, values) => {
      record(transaction.scope, statement, values)
      return transaction.query(statement, values)
    },
  })
  return {
    ...database,
    query: (scope, statement, values) => {
      record(scope, statement, values)
      return database.query(scope, statement, values)
    },
    transaction: (scope, work) => database.transaction(scope, transaction => work(recorded(transaction))),
  }
}

/** Returns the tables that a plan reads as a whole, or of which it reads more rows than it should. */
function slowReads(node: PlanNode): string[] {
  const below = (node.Plans ?? []).flatMap(slowReads)
  const { 'Relation Name': table } = node
  if (table === undefined || SMALL_TABLES.has(table)) return below
  const rows = (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']
  if (node['Node Type'] === 'Seq Scan') return [...below, `all of ${table}`]
  return rows > MAX_ROWS ? [...below, `${rows} rows of ${table}`] : below
}

class RolledBack extends Error {}

it('each statement of billing reads only the rows of its tenants or of its page', async () => {
  const runs: Run[] = []
  const database = recording(test, runs)
  const invoices = postgresInvoiceStore(database)
  const scope = tenantScope(TENANT)
  const [one] = await test.asOwner<{ id: string }>('select id from invoicing.invoices where tenant_id = $1', [TENANT])
  const id = one?.id ?? ''
  const subscriptions = postgresSubscriptionStore(database)
  await subscriptions.due(NOW.add({ hours: 48 }), 20)
  await subscriptions.ofTenant(TENANT)
  await subscriptions.ofTenants([TENANT, 'tenant-8'])
  const billable = postgresBillableSubscriptions(database)
  await billable.tenantIds({ first: 20 })
  await billable.tenantIds({ first: 20, after: TENANT })
  await billable.of([TENANT, 'tenant-8'])
  await invoices.states([TENANT, 'tenant-8'], { periods: 12 })
  await invoices.bill({ tenantId: TENANT, subscriptionId: id, revision: 0, periods: [], invoice: null })
  await invoices.drafts(scope, [id])
  for (const reader of [scope, OPERATOR_SCOPE]) {
    await invoices.invoices(reader, [id])
    await invoices.lines(reader, [id])
    await invoices.linePage(reader, id, { first: 2, after: 1 })
    await invoices.list(reader, { first: 20, now: NOW })
    await invoices.list(reader, { first: 20, now: NOW, after: id })
    await invoices.list(reader, { first: 20, now: NOW, status: 'overdue', tenantId: TENANT })
    await invoices.list(reader, { first: 20, now: NOW, status: 'overdue' })
  }
  await invoices.change(TENANT, id, () => ({}))
  const collectable = postgresCollectableInvoices({ database })
  await collectable.tenantsToCollect({ first: 20, after: TENANT })
  const ledger = postgresInvoiceLedger({ now: () => NOW })
  await database.transaction(scope, async transaction => {
    await collectable.collectable(transaction, TENANT)
    await ledger.openInvoices(transaction, TENANT)
    await ledger.invoices(transaction, TENANT, [id])
    await ledger.setPaid(transaction, TENANT, [{ invoiceId: id, amountPaid: new Decimal(10) }])
  })
  const billingRuns = postgresBillingRuns(database)
  await billingRuns.add({ id, through: NOW, finalize: true, tenantIds: null, createdAt: NOW }, { share: true })
  await billingRuns.list({ first: 20 })
  // What was added cannot be added again, and a lock has no plan.
  const statements = runs.filter(({ text }) => !/^(?:lock table|insert into invoicing.billing_runs)/.test(text))
  expect(statements.length).toBeGreaterThan(30)
  expect(await slowStatements(statements)).toEqual([])
})

it.each([TENANT, LARGE_TENANT])('a page of the invoices of %s reads only itself', async tenantId => {
  const { database, reads } = countReads(test.database, { schema: 'invoicing', plansFor: 'these values' })
  const invoices = postgresInvoiceStore(database)
  for (const scope of [tenantScope(tenantId), OPERATOR_SCOPE]) {
    const { items } = await invoices.list(scope, { first: 20, now: NOW, tenantId })
    await invoices.list(scope, { first: 20, now: NOW, tenantId, after: items.at(-1)?.id })
  }
  expect(reads.length).toBeGreaterThan(2)
  expect(reads.filter(({ rows }) => rows > MAX_ROWS)).toEqual([])
})

it('each statement of the outbox reads only the e-mails that it is about', async () => {
  const runs: Run[] = []
  const database = recording(test, runs)
  const outbox = postgresMailOutbox({ database, scheduler: { schedule: async () => {} } })
  const [one] = await test.asOwner<{ id: string }>(`select id from invoicing.mails where tenant_id = $1 and state = 'failed'`, [TENANT])
  const id = one?.id ?? ''
  const mail = { id, key: 'key-7', kind: 'invoice', to: 'ana@acme.example', locale: 'en', data: {}, createdAt: NOW } as const
  for (const tenantId of [TENANT, null]) {
    await outbox.mail({ tenantId, id })
    for (const state of [undefined, 'pending', 'failed', 'sent'] as const) {
      await outbox.mails({ tenantId, state, first: 20 })
      await outbox.mails({ tenantId, state, first: 20, after: id })
    }
    await outbox.request({ ...mail, tenantId })
    await outbox.recordAttempt({ tenantId, id, number: 1, at: NOW, state: 'failed', error: 'no', retryAfterMs: null })
    await outbox.resend({ tenantId, id })
    await outbox.recordAttempt({ tenantId, id, number: 1, at: NOW, state: 'failed', error: 'no', retryAfterMs: null })
  }
  await outbox.isUnsubscribed({ tenantId: TENANT, kind: 'quota_alert', address: mail.to })
  expect(runs.length).toBeGreaterThan(30)
  expect(await slowStatements(runs)).toEqual([])
})

async function slowStatements(runs: readonly Run[]): Promise<readonly string[]> {
  const slow: string[] = []
  for (const { scope, text, values } of runs) for (const read of slowReads(await explain(scope, text, values))) slow.push(`${read}: ${text.slice(0, 160)}`)
  return slow
}

/** Runs a statement to see what it reads, and rolls it back. */
async function explain(scope: Scope, text: string, values: readonly unknown[]): Promise<PlanNode> {
  let root: PlanNode | undefined
  const rolledBack = test.database.transaction(scope, async transaction => {
    const [row] = await transaction.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(`explain (analyze, timing off, format json) ${text}`, values)
    root = row?.['QUERY PLAN'][0].Plan
    throw new RolledBack()
  })
  await rolledBack.catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error
  })
  if (root === undefined) throw new Error(`No plan: ${text}`)
  return root
}
