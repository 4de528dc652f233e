import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { type ServerProcess, startServer } from '../kit/server-process.ts'

const CALLS = 10_000
const RANGE = '{ from: "2026-03-01T00:00:00Z", to: "2026-05-01T00:00:00Z" }'
const FIRST_DAY = Date.parse('2026-03-01T00:00:00Z')

let database: TestDatabase
let environment: { DATABASE_URL: string }
let server: ServerProcess
let run: string

beforeAll(async () => {
  database = await createTestDatabase()
  environment = { DATABASE_URL: database.url }
  server = await startServer({ environment })
  await server.api.ask('mutation { createTenant(input: { id: "acme", name: "Acme" }) { __typename } }')
  for (let sent = 0; sent < CALLS; sent += 1_000) {
    const events = Array.from({ length: 1_000 }, (_, i) => ({
      operation: 'chat',
      provider: 'in-house',
      model: 'our-llm',
      tokens: { input: 1_000_000 },
      occurredAt: new Date(FIRST_DAY + (sent + i) * 200_000).toISOString(),
    }))
    await server.api.ask('mutation ($input: TrackUsageInput!) { trackUsage(input: $input) { __typename } }', { input: { tenantId: 'acme', events } })
  }
})
afterAll(async () => {
  await server?.stop()
  await database?.drop()
})

const totals = async (costBasis = 'CORRECTED') =>
  (await server.api.ask(`{ usage(range: ${RANGE}, costBasis: ${costBasis}) { totals { calls cost unpricedCalls } } }`)).usage.totals

it('previews the corrections for a missing price, and writes nothing', async () => {
  expect(
    await runCommand(['prices', 'publish', '--provider', 'in-house', '--model', 'our-llm', '--from', '2026-01-01', '--input', '2'], environment),
  ).toMatchObject({ exitCode: 0 })
  const { exitCode, stdout, stderr } = await runCommand(['prices', 'rerate', '--unpriced'], environment)
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining('Nothing was written.') as string })
  expect(stdout).toMatch(/acme +2026-03 +[\d,]+ +[\d,]+ +0 +0 +\d+ +\d+\n/)
  expect(stdout).toMatch(/all +10,000 +10,000 +0 +0 +20000 +20000\n/)
  expect(await totals()).toEqual({ calls: CALLS, cost: '0', unpricedCalls: CALLS })
})

it('keeps sums consistent when the server is killed during a run', async () => {
  const { startRatingRun } = await server.api.ask(
    `mutation { startRatingRun(input: { selection: { range: ${RANGE} }, reason: "a price was missing" }) { ... on StartRatingRunPayload { run { id } } } }`,
  )
  run = startRatingRun.run.id
  await eventually('some events are corrected', async () => (await server.api.ask(`{ ratingRun(id: "${run}") { eventsRead } }`)).ratingRun.eventsRead > 0)
  await server.kill()
  server = await startServer({ environment })
  const { ratingRun } = await server.api.ask(`{ ratingRun(id: "${run}") { state changes { totals { events } } } }`)
  expect(ratingRun.state).toBe('RUNNING')
  const corrected: number = ratingRun.changes.totals.events
  expect(corrected).toBeGreaterThan(0)
  expect(corrected).toBeLessThan(CALLS)
  expect(await totals()).toEqual({ calls: CALLS, cost: String(2 * corrected), unpricedCalls: CALLS - corrected })
})

it('resumes the run from the command line, to the exact sums', async () => {
  const { startRatingRun } = await server.api.ask(
    `mutation { startRatingRun(input: { selection: { range: ${RANGE} }, reason: "again" }) { ... on RatingRunInProgressError { runId } } }`,
  )
  expect(startRatingRun).toEqual({ runId: run }) // A stopped run blocks new ones until it is resumed or cancelled.
  const { exitCode, stderr } = await runCommand(['prices', 'rerate', '--resume', run], environment)
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: expect.stringContaining(`Rating run ${run} is completed: corrected 10,000 of 10,000 events.`) as string,
  })
  expect(await totals()).toEqual({ calls: CALLS, cost: '20000', unpricedCalls: 0 })
  expect(await totals('RECORDED')).toEqual({ calls: CALLS, cost: '0', unpricedCalls: CALLS })
})

it('finds nothing left to change, and every sum agrees with the corrections', async () => {
  expect(await runCommand(['prices', 'rerate'], environment)).toMatchObject({
    exitCode: 0,
    stdout: '',
    stderr: expect.stringContaining('No costs would change.') as string,
  })
  expect(await runCommand(['usage', 'verify'], environment)).toMatchObject({ exitCode: 0, stdout: '' })
})

describe('a billing run of a server that is killed', () => {
  const TENANTS = 20
  const THROUGH = '2026-10-01T00:00:00Z'
  const RUN = '{ state tenantTotal tenantCount failureCount }'
  // Every hour, servers bill what is due by then too.
  const OF_THE_RUN = `period_to <= '${THROUGH}'`
  const invoiceCount = async () =>
    (await database.asOwner<{ count: number }>(`select count(*)::int as count from invoicing.invoices where ${OF_THE_RUN}`))[0]?.count ?? 0
  /** What tenants were billed, without the first letter of their ids. */
  const billed = (first: string) =>
    database.asOwner(
      `select substr(invoice.tenant_id, 2) as tenant, sequence, replace(number, invoice.tenant_id, '') as number, invoice.period_from, invoice.period_to, total, line.position, line.amount
       from invoicing.invoices as invoice join invoicing.invoice_lines as line on line.tenant_id = invoice.tenant_id and line.invoice_id = invoice.id
       where invoice.tenant_id like $1 and invoice.${OF_THE_RUN} order by invoice.tenant_id, sequence, line.position`,
      [`${first}%`],
    )

  beforeAll(async () => {
    const address = '{ line1: "Main Street 1", city: "Berlin", country: "DE" }'
    await server.api.ask(`mutation { setBillingSettings(input: { seller: { name: "Seller", address: ${address} }, taxRegistrations: ["DE"] }) { __typename } }`)
    // Twins, with fees of their own: k… is billed by servers that are killed, u… by one that is not.
    const twins = `from generate_series(1, ${TENANTS}) as n, (values ('k'), ('u')) as twin (letter)`
    const tenant = `letter || to_char(n, 'FM000')`
    await database.asOwner(
      `insert into accounts.tenants (id, name, time_zone, currency, created_at) select ${tenant}, ${tenant}, 'UTC', 'USD', '2026-01-01' ${twins}`,
    )
    const place = { line1: 'Main Street 1', line2: null, postalCode: null, city: 'Berlin', region: null, country: 'DE' }
    const profile = { name: 'Twin', address: place, taxId: null, taxExemption: null, email: null, locale: 'en', reference: null, paymentTermDays: 30 }
    await database.asOwner(
      `insert into invoicing.billing_profiles (tenant_id, profile) select ${tenant}, $1::jsonb || jsonb_build_object('tenantId', ${tenant}) ${twins}`,
      [JSON.stringify(profile)],
    )
    await database.asOwner(
      `insert into invoicing.subscriptions (tenant_id, id, status, currency, anchor_day, time_zone, started_at, phases, advanced_to, revision)
       select ${tenant}, md5(${tenant})::uuid, 'active', 'USD', 1, 'UTC', start, jsonb_build_array(jsonb_build_object('from', to_char(start, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
         'to', null, 'state', 'active', 'plan', jsonb_build_object('name', 'pro', 'version', 1, 'key', 'pro'), 'seats', 1)), start, 1
       from (select letter, n, timestamptz '2026-07-01T00:00:00Z' + n * interval '1 hour' as start ${twins}) as twin`,
    )
  })

  it(
    'is continued, also after it was killed again, to the same invoices as of a server that is not, without a gap in their numbers',
    { timeout: 60_000 },
    async () => {
      const killed = Array.from({ length: TENANTS }, (_, i) => `k${String(i + 1).padStart(3, '0')}`)
      const input = { through: THROUGH, tenantIds: killed }
      const start = 'mutation ($input: RunBillingInput!) { startBillingRun(input: $input) { ... on StartBillingRunPayload { run { id } } } }'
      const { startBillingRun } = await server.api.ask(start, { input })
      const again = await server.api.ask(start, { input })
      expect(again.startBillingRun.run.id).toBe(startBillingRun.run.id)
      const all = 4 * TENANTS
      for (let kills = 0, before = 0; kills < 2; kills++) {
        // The second server works because somebody asks again, or continues the run.
        const asked =
          kills === 0
            ? undefined
            : server.api.ask('mutation ($input: RunBillingInput!) { runBilling(input: $input) { __typename } }', { input }).catch(() => {})
        await eventually('some tenants are billed', async () => (await invoiceCount()) > before)
        await server.kill()
        await asked
        before = await invoiceCount()
        expect(before).toBeLessThan(all)
        server = await startServer({ environment })
      }
      const twins = killed.map(id => `u${id.slice(1)}`)
      const selection = '... on RunBillingPayload { tenantCount failureCount }'
      const { runBilling } = await server.api.ask(`mutation ($input: RunBillingInput!) { runBilling(input: $input) { ${selection} } }`, {
        input: { through: THROUGH, tenantIds: twins },
      })
      expect(runBilling).toEqual({ tenantCount: TENANTS, failureCount: 0 })
      const progress = async () => (await server.api.ask(`{ billingRun(id: "${startBillingRun.run.id}") ${RUN} }`)).billingRun
      await eventually('another server continues the run', async () => (await progress()).state === 'COMPLETED')
      expect(await progress()).toEqual({ state: 'COMPLETED', tenantTotal: TENANTS, tenantCount: TENANTS, failureCount: 0 })
      expect(await invoiceCount()).toBe(2 * all)
      expect(await billed('k')).toEqual(await billed('u'))
      expect(await database.asOwner('select tenant_id from invoicing.invoices group by tenant_id, series having max(sequence) <> count(*)')).toEqual([])
    },
  )
})
