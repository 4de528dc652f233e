import type { Pool } from 'pg'
import { type Benchmark, compare } from './benchmark.ts'
import { median } from './kit/measure.ts'
import { trackRequest } from './kit/sample-events.ts'
import { type BenchmarkTollgate, startTollgate } from './kit/tollgate.ts'

// INVOICES_TENANTS and INVOICES_EVENTS set a smaller scale, for a profile.
const TENANTS = Number(process.env['INVOICES_TENANTS'] ?? 1_000)
const EVENTS = Number(process.env['INVOICES_EVENTS'] ?? 5_000_000)
const DIMENSION_SETS = 5
const REPEATS = 3
const SAMPLE = 'sample'
const MARKUP_PERCENT = 20
const OCTOBER = { from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' }
const ADDRESS = { line1: 'Main Street 1', line2: null, postalCode: '10115', city: 'Berlin', region: null, country: 'DE' }

/** What the events of each tenant cost, from the events themselves. */
const SUMS = `select tenant_id, count(*), sum(cost) from usage.events where occurred_at >= '${OCTOBER.from}' and occurred_at < '${OCTOBER.to}' group by tenant_id`

/** A billing run for many tenants, over HTTP GraphQL: invoices with lines by model, markup, tax, numbers and audit events. */
export const invoices: Benchmark = {
  name: 'invoices',
  async run() {
    await using tollgate = await startTollgate({ connections: 1 })
    const pool = tollgate.connect(2)
    await fill(tollgate, pool)
    const sums: number[] = []
    for (let repeat = 0; repeat <= REPEATS; repeat += 1) sums.push(await millisecondsOf(() => pool.query(SUMS)))
    let answer = ''
    const ours = await millisecondsOf(async () => {
      const selection = '... on RunBillingPayload { invoiceCount failureCount failures { message } }'
      answer = await tollgate.send(JSON.stringify({ query: `mutation { runBilling(input: { through: "${OCTOBER.to}" }) { ${selection} } }` }))
    })
    const { data } = JSON.parse(answer) as { data: { runBilling: { invoiceCount: number; failureCount: number } } }
    if (data.runBilling.invoiceCount !== TENANTS) throw new Error(`Expected ${TENANTS} invoices: ${answer}`)
    await checkAmounts(pool)
    return [
      compare({
        name: `invoices for ${TENANTS.toLocaleString('en')} tenants / SQL sum of their ${EVENTS.toLocaleString('en')} events`,
        ours,
        peer: median(sums.slice(1)),
        unit: 'ms',
        aim: { atMost: 1.5 },
      }),
    ]
  },
}

/** Throws unless each invoice charges what the events of its tenant cost and the markup, but for less than a cent. */
async function checkAmounts(pool: Pool): Promise<void> {
  const { rows } = await pool.query(
    `select * from (${SUMS}) as used (tenant_id, calls, cost) left join invoicing.invoices using (tenant_id)
     where abs(${1 + MARKUP_PERCENT / 100} * cost - coalesce(subtotal, 0)) >= 0.01 limit 1`,
  )
  if (rows.length > 0) throw new Error(`An invoice does not charge what was used: ${JSON.stringify(rows[0])}`)
}

/** Creates tenants with subscriptions and events. Ingest is measured by other benchmarks. */
async function fill({ send }: BenchmarkTollgate, pool: Pool): Promise<void> {
  const mutate = (mutation: string) => send(JSON.stringify({ query: `mutation { ${mutation} { __typename } }` }))
  await mutate(`createTenant(input: { id: "${SAMPLE}", name: "Sample" })`)
  await mutate(`publishMarkup(input: { name: "usual", percent: ${MARKUP_PERCENT}, from: "2026-01-01T00:00:00Z" })`)
  await mutate(
    'setBillingSettings(input: { seller: { name: "Seller", address: { line1: "Main Street 1", city: "Berlin", country: "DE" } }, taxRegistrations: ["DE"] })',
  )
  await send(trackRequest(DIMENSION_SETS, 0, SAMPLE))
  await copyRows(pool, 'accounts.tenants', `id = '${SAMPLE}'`, { id: `'tenant-' || number`, name: `'tenant-' || number` })
  const setOf = (id: string) => `md5('tenant-' || number || ${id})::uuid`
  await copyRows(pool, 'usage.dimension_sets', `tenant_id = '${SAMPLE}'`, { id: setOf('sample.id::text'), tenant_id: `'tenant-' || number` })
  await pool.query(
    `insert into invoicing.billing_profiles (tenant_id, profile) select 'tenant-' || number, $1::jsonb || jsonb_build_object('tenantId', 'tenant-' || number) from generate_series(1, ${TENANTS}) as number`,
    [JSON.stringify({ name: 'Customer', address: ADDRESS, taxId: null, taxExemption: null, email: null, locale: 'en', reference: null, paymentTermDays: 30 })],
  )
  await pool.query(
    `insert into invoicing.subscriptions (tenant_id, id, status, currency, anchor_day, time_zone, started_at, phases, advanced_to, revision)
     select 'tenant-' || number, uuidv7(), 'active', 'USD', 1, 'UTC', $1, $2::jsonb, $1, 1 from generate_series(1, ${TENANTS}) as number`,
    [OCTOBER.from, JSON.stringify([{ from: OCTOBER.from, to: null, state: 'active', plan: { name: 'free', version: 1, key: 'free' }, seats: 1 }])],
  )
  await fillEvents(pool)
  await pool.query('vacuum analyze')
}

/**
 * Copies the sample over October, and sums it by day. The events get their indexes when their table becomes a partition, which is quicker. The billing
 * periods are in UTC, so nothing reads sums by hour.
 */
async function fillEvents(pool: Pool): Promise<void> {
  const columns = await columnsOf(pool, 'usage.events')
  const fresh: Readonly<Record<string, string>> = {
    id: 'uuidv7()',
    tenant_id: `'tenant-' || (number % ${TENANTS} + 1)`,
    dimension_set_id: `md5('tenant-' || (number % ${TENANTS} + 1) || sample.dimension_set_id::text)::uuid`,
    idempotency_key: `'copy-' || number`,
    occurred_at: `timestamptz '${OCTOBER.from}' + (number - 1) * interval '31 days' / ${EVENTS}`,
  }
  await pool.query('drop table if exists usage.events_2026_10')
  await pool.query('create table usage.events_2026_10 (like usage.events including defaults including constraints)')
  await inHalves(EVENTS, (from, to) =>
    pool.query(`
      with sample as (select *, row_number() over () - 1 as position from usage.events where tenant_id = '${SAMPLE}')
      insert into usage.events_2026_10 (${columns.join(', ')})
      select ${columns.map(column => fresh[column] ?? `sample.${column}`).join(', ')}
      from generate_series(${from + 1}, ${to}) as number
      join sample on sample.position = number / ${TENANTS} % ${DIMENSION_SETS}`),
  )
  await pool.query(`set maintenance_work_mem = '1GB'`)
  await pool.query(`alter table usage.events attach partition usage.events_2026_10 for values from ('${OCTOBER.from}') to ('${OCTOBER.to}')`)
  await pool.query('analyze usage.events')
  const sums = (await columnsOf(pool, 'usage.rollups_daily')).join(', ')
  const day = (number: number) => `timestamptz '${OCTOBER.from}' + interval '${number} days'`
  await inHalves(31, (from, to) =>
    pool.query(`insert into usage.rollups_daily (${sums}) select ${sums} from usage.sum_events('day', ${day(from)}, ${day(to)})`),
  )
}

/** Does the halves of some work on a connection each. */
async function inHalves(size: number, work: (from: number, to: number) => Promise<unknown>): Promise<void> {
  const middle = Math.trunc(size / 2)
  await Promise.all([work(0, middle), work(middle, size)])
}

async function columnsOf(pool: Pool, table: string): Promise<readonly string[]> {
  const [schema, name] = table.split('.')
  const { rows } = await pool.query<{ column_name: string }>(
    'select column_name from information_schema.columns where table_schema = $1 and table_name = $2 order by ordinal_position',
    [schema, name],
  )
  return rows.map(({ column_name }) => column_name)
}

/** Copies rows for each tenant, with some columns of its own. */
async function copyRows(pool: Pool, table: string, condition: string, own: Readonly<Record<string, string>>): Promise<void> {
  const columns = await columnsOf(pool, table)
  await pool.query(
    `insert into ${table} (${columns.join(', ')}) select ${columns.map(column => own[column] ?? `sample.${column}`).join(', ')}
     from ${table} as sample, generate_series(1, ${TENANTS}) as number where ${condition.replace(/^/, 'sample.')}`,
  )
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
