import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Api } from '../kit/api.ts'
import { runCommand } from '../kit/command.ts'
import { openDatabaseLine } from '../kit/database-line.ts'
import { eventually } from '../kit/eventually.ts'
import { type LocalServer, startLocalServer } from '../kit/local-server.ts'
import { type ServerProcess, startServer } from '../kit/server-process.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

let database: TestDatabase
/** The first one runs in this process. */
let servers: readonly [LocalServer, ServerProcess, ServerProcess]

beforeAll(async () => {
  database = await createTestDatabase()
  const environment = { DATABASE_URL: database.url }
  servers = await Promise.all([startLocalServer(environment), startServer({ environment }), startServer({ environment })])
})
afterAll(async () => {
  await Promise.all(servers?.map(server => server.stop()) ?? [])
  await database?.drop()
})

const first = () => servers[0]

/** Creates a tenant with a key, and returns a client for each server. */
async function newTenant(id: string, tier: string | null): Promise<readonly [Api, Api, Api]> {
  await first().api.ask('mutation ($input: CreateTenantInput!) { createTenant(input: $input) { __typename ... on Error { message } } }', {
    input: { id, name: id, tier },
  })
  const { createApiKey } = await first().api.ask(
    'mutation ($id: ID) { createApiKey(input: { tenantId: $id, name: "journey" }) { ... on CreateApiKeyPayload { secret } } }',
    {
      id,
    },
  )
  return [servers[0].api.as(createApiKey.secret), servers[1].api.as(createApiKey.secret), servers[2].api.as(createApiKey.secret)]
}

const setLimit = (tenantId: string, limit: string) =>
  first().api.ask('mutation ($input: SetQuotaInput!) { setQuota(input: $input) { __typename ... on Error { message } } }', {
    input: { tenantId, metric: 'REQUESTS', window: 'BILLING_PERIOD', limit },
  })

const TAKE_ONE = `mutation { result: enforceQuotas(input: { consume: true, requests: [{ metric: REQUESTS, amount: 1 }] }) {
  ... on EnforceQuotasPayload { decision { allowed } } ... on Error { code message } } }`
const USED = '{ quotaStatus { anyExceeded quotas { metric window used reserved remaining } } }'

/** Reads the usage of the limit on requests. */
const usedOf = async (api: Api) => (await api.ask(USED)).quotaStatus.quotas.find(({ window }: { window: string }) => window === 'BILLING_PERIOD')

it('reserves before an AI call, settles with its usage event, and shows the usage', async () => {
  const [here, there] = await newTenant('acme', 'pro')
  const { reserveQuotas } = await here.ask(
    'mutation { reserveQuotas(input: { requests: [{ metric: TOKENS, amount: 800 }, { metric: REQUESTS, amount: 1 }] }) { ... on ReserveQuotasPayload { reservation { id } decision { allowed } } } }',
  )
  expect(reserveQuotas.decision.allowed).toBe(true)
  const tokens = async () => (await there.ask('{ quotaStatus { quotas { metric used reserved } } }')).quotaStatus.quotas[0]
  expect(await tokens()).toEqual({ metric: 'TOKENS', used: '0', reserved: '800' })

  const { trackUsage } = await there.ask(
    'mutation ($events: [UsageEventInput!]!) { trackUsage(input: { events: $events }) { ... on TrackUsagePayload { results { outcome reservation { id state } } } } }',
    { events: [{ operation: 'chat_message', tokens: { input: 150, output: 65 }, reservationId: reserveQuotas.reservation.id }] },
  )
  expect(trackUsage.results).toEqual([{ outcome: 'ACCEPTED', reservation: { id: reserveQuotas.reservation.id, state: 'SETTLED' } }])
  expect(await tokens()).toEqual({ metric: 'TOKENS', used: '215', reserved: '0' })
})

it('applies a new tier to the next decision of every process', async () => {
  const apis = await newTenant('upgraded', 'free')
  const fits = (api: Api) =>
    api.ask(
      'mutation { result: enforceQuotas(input: { requests: [{ metric: TOKENS, amount: 20000 }] }) { ... on EnforceQuotasPayload { decision { allowed } } } }',
    )
  const all = async () => (await Promise.all(apis.map(fits))).map(({ result }) => result.decision.allowed)
  expect(await all()).toEqual([false, false, false])
  await first().api.ask('mutation { updateTenant(input: { id: "upgraded", tier: "pro" }) { __typename } }')
  expect(await all()).toEqual([true, true, true])
})

describe('three processes on one database', () => {
  it('admit 64 callers exactly up to the limit', async () => {
    const apis = await newTenant('hot', null)
    await setLimit('hot', '23')
    const answers = await Promise.all(Array.from({ length: 64 }, (_, i) => (apis[i % 3] as Api).ask(TAKE_ONE)))
    expect(answers.filter(({ result }) => result.decision.allowed === true)).toHaveLength(23)
    expect(await usedOf(apis[0])).toMatchObject({ used: '23', remaining: '0' })
  })

  it('admit neither too many nor too few while one of them is killed', async () => {
    const apis = await newTenant('killed', null)
    await setLimit('killed', '600')
    const seen = { admitted: 0, unanswered: 0 }
    const callers = Array.from({ length: 48 }, async (_, i) => {
      for (;;) {
        const answer = await (apis[i % 3] as Api).ask(TAKE_ONE).catch(() => undefined)
        if (answer === undefined) seen.unanswered += 1
        else if (answer.result.decision.allowed === true) seen.admitted += 1
        if (answer?.result.decision.allowed !== true) return
      }
    })
    await eventually('some of the limit is used', () => seen.admitted >= 100)
    await servers[2].kill()
    await Promise.all(callers)
    // Calls without an answer may or may not have been admitted. All answers were right.
    expect(seen.unanswered).toBeGreaterThan(0)
    expect(seen.admitted).toBeLessThanOrEqual(600)
    expect(600 - seen.admitted).toBeLessThanOrEqual(seen.unanswered)
    expect(await usedOf(apis[0])).toMatchObject({ used: '600', remaining: '0' })
  })
})

it('decides by the failure mode of each quota while the database is down, and exactly when it is back', async () => {
  const line = await openDatabaseLine(database.url)
  const server = await startLocalServer({ DATABASE_URL: line.url })
  try {
    const [elsewhere] = await newTenant('cutoff', null)
    const { createApiKey } = await first().api.ask(
      'mutation { createApiKey(input: { tenantId: "cutoff", name: "cut" }) { ... on CreateApiKeyPayload { secret } } }',
    )
    const api = server.api.as(createApiKey.secret)
    const set = (metric: string, storeFailure: string) =>
      first().api.ask('mutation ($input: SetQuotaInput!) { setQuota(input: $input) { __typename } }', {
        input: { tenantId: 'cutoff', metric, window: 'BILLING_PERIOD', limit: '10', storeFailure },
      })
    await set('TOKENS', 'DENY')
    await set('CREDITS', 'ALLOW')
    const take = async (metric: string) => {
      const { data } = await api.send(
        `mutation { result: enforceQuotas(input: { consume: true, requests: [{ metric: ${metric}, amount: 1 }] }) { ... on EnforceQuotasPayload { decision { allowed degraded results { refusal used } } } } }`,
      )
      return data?.result.decision
    }
    const exact = { allowed: true, degraded: false, results: [{ refusal: null, used: '1' }] }
    expect([await take('TOKENS'), await take('CREDITS')]).toEqual([exact, exact])

    await line.cut()
    await eventually('the server notices the lost connection', async () => (await fetch(`${server.url}/readyz`)).status === 503)
    const open = { allowed: true, degraded: true, results: [{ refusal: null, used: null }] }
    const closed = { allowed: false, degraded: true, results: [{ refusal: 'STORE_FAILURE', used: null }] }
    expect([await take('TOKENS'), await take('CREDITS')]).toEqual([closed, open])
    const RESERVE =
      'mutation { reserveQuotas(input: { requests: [{ metric: CREDITS, amount: 1 }] }) { ... on ReserveQuotasPayload { reservation { state } } } }'
    expect((await api.send(RESERVE)).data).toEqual({ reserveQuotas: { reservation: { state: 'HELD' } } })
    // Without the database, usage cannot be shown, and unknown keys cannot be checked.
    const stranger = '{ requests: [{ metric: CREDITS, amount: 1 }], tenantId: "cutoff" }'
    const refused = await Promise.all([
      api.send(USED),
      api.as('tg_aaaaaaaa_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa').send(`mutation { enforceQuotas(input: ${stranger}) { __typename } }`),
    ])
    expect(refused.map(({ status, data }) => [status, data ?? null])).toEqual([
      [503, null],
      [503, null],
    ])

    await line.mend()
    await eventually('the database is back', async () => (await fetch(`${server.url}/readyz`)).ok)
    expect(await take('CREDITS')).toEqual({ ...exact, results: [{ refusal: null, used: '2' }] })
    expect((await elsewhere.ask(USED)).quotaStatus.quotas.map(({ used, reserved }: { used: string; reserved: string }) => [used, reserved])).toEqual([
      ['1', '0'],
      ['2', '0'],
    ])
  } finally {
    await server.stop()
    await line.close()
  }
})

describe('the command line', () => {
  const run = (...args: string[]) => runCommand(['quotas', ...args], { DATABASE_URL: database.url })

  it('sets, shows and clears a limit, which takes effect at once', async () => {
    const [api] = await newTenant('bysea', 'free')
    expect((await run('set', 'bysea', 'requests', 'billing_period', '2', '--alert-at', '50', '--alert-at', '100')).stdout).toMatch(
      /^requests, billing period +2 +hard +50 % 100 %$/m,
    )
    const answers = [await api.ask(TAKE_ONE), await api.ask(TAKE_ONE), await api.ask(TAKE_ONE)]
    expect(answers.map(({ result }) => result.decision.allowed)).toEqual([true, true, false])
    await api.ask('mutation { trackUsage(input: { events: [{ operation: "chat" }] }) { __typename } }')
    const [status, exceeded, wrong, nobody] = await Promise.all([
      run('status', 'bysea'),
      run('exceeded'),
      run('set', 'bysea', 'tokens', 'month', '1', '--sliding'),
      run('status', 'nobody'),
    ])
    expect(status.stderr).toContain('Plan "free".')
    expect(status.stdout).toMatch(/^requests, billing period +all +3 +0 +2 +150 +override/m)
    expect(exceeded.stdout).toMatch(/^bysea +requests, billing period +all +3 /m)
    expect(wrong).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('sliding: ') })
    expect(nobody).toMatchObject({ exitCode: 1, stderr: 'There is no tenant "nobody".\n' })

    expect(await run('clear', 'bysea', 'requests', 'billing_period')).toMatchObject({ exitCode: 0 })
    expect((await api.ask(TAKE_ONE)).result.decision.allowed).toBe(true)
    const [twice, bounded] = await Promise.all([
      run('set', 'bysea', 'cost', 'day', '1', '--enforcement', 'grace', '--grace-percent', '5', '--grace-amount', '6'),
      run('set', 'bysea', 'credits', 'day', '1', '--from', '2030-01-01', '--to', '2031-01-01'),
    ])
    expect(twice).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('cannot be used with') })
    expect(bounded.stderr).toContain('The limit applies to bysea from 2030-01-01T00:00:00Z to 2031-01-01T00:00:00Z.')
    const overrides = await run('overrides', 'bysea')
    expect(overrides.stdout).toMatch(
      /at the command line +requests\/billing_period\/\/ +removed[\s\S]+at the command line +requests\/billing_period\/\/ +2 +hard +always/,
    )
  })

  it('publishes all policies of a plan file, or none', async () => {
    await using directory = await temporaryDirectory()
    const file = join(directory.path, 'plan.json')
    const [api] = await newTenant('gold', 'gold')
    await writeFile(file, JSON.stringify({ name: 'gold', unlisted: 'deny', policies: [{ metric: 'tokens', window: 'day', limit: 5 }] }))
    expect(await run('publish-plan', file, '--yes')).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringContaining('policies.0.limit: must be an exact decimal in quotes'),
    })
    await writeFile(file, JSON.stringify({ name: 'gold', unlisted: 'deny', policies: [{ metric: 'tokens', window: 'day', limit: '5' }] }))
    const plan = async () => (await api.ask('{ quotaStatus { plan quotas { limit } } }')).quotaStatus
    expect(await run('publish-plan', file, '--dry-run')).toMatchObject({ exitCode: 0, stdout: '' })
    expect(await plan()).toEqual({ plan: 'default', quotas: [] })
    expect(await run('publish-plan', file, '--yes')).toMatchObject({ exitCode: 0, stdout: 'gold\n' })
    expect(await plan()).toEqual({ plan: 'gold', quotas: [{ limit: '5' }] })
    expect(await runCommand(['tenants', 'update', 'gold', '--no-tier', '--billing-day', '31'], { DATABASE_URL: database.url })).toMatchObject({
      exitCode: 0,
      stdout: 'gold\n',
      stderr: expect.stringContaining('"gold": no plan'),
    })
    expect(await plan()).toEqual({ plan: 'default', quotas: [] })
    expect((await run('plans')).stdout).toMatch(/^gold: metrics without a quota are refused\n[\s\S]+?^tokens, day +5 +hard/m)
  })
})
