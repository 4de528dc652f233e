import { execFile } from 'node:child_process'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApi } from '../kit/api.ts'
import { runServer } from '../../apps/server/src/process/run-server.ts'
import { captureOutput } from '../kit/captured-output.ts'
import { runCommand, spawnCommand } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { postgresPid } from '../kit/postgres-process.ts'
import { type ServerProcess, startServer } from '../kit/server-process.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../kit/temporary-directory.ts'

// The steps of a new user, in order: an empty directory, a command before any server, the server, a restart, the sample.
let directory: TemporaryDirectory
let server: ServerProcess
let environment: { TOLLGATE_DATA_DIR: string; TOLLGATE_OPERATOR_KEY: string; TOLLGATE_DASHBOARD: string; TOLLGATE_DASHBOARD_DIR: string }

beforeAll(async () => {
  directory = await temporaryDirectory()
  const built = join(directory.path, 'dashboard')
  await mkdir(built)
  await writeFile(join(built, 'index.html'), '<!doctype html><title>Tollgate</title>')
  environment = {
    TOLLGATE_DATA_DIR: join(directory.path, 'made', 'here'),
    TOLLGATE_OPERATOR_KEY: '',
    TOLLGATE_DASHBOARD: '1',
    TOLLGATE_DASHBOARD_DIR: built,
  }
})
afterAll(async () => {
  await server?.stop()
  await directory[Symbol.asyncDispose]()
})

it('runs commands before the first start of a server, and stops PostgreSQL afterwards', async () => {
  const made = await spawnCommand(['tenants', 'create', 'early', '--name', 'Early Bird'], environment)
  expect(made).toMatchObject({ exitCode: 0, stdout: 'early\n' })
  expect(await postgresPid(environment.TOLLGATE_DATA_DIR)).toBeUndefined()
})

it('starts in an empty directory, and prints a key once and a query to paste', async () => {
  server = await startServer({ environment })
  const file = join(environment.TOLLGATE_DATA_DIR, 'operator-key')
  const key = (await readFile(file, 'utf8')).trim()
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(server.stdout()).toContain(key)
  expect(server.stderr()).not.toContain(key)

  const pasted = await runPastedQuery(server.stdout())
  expect(pasted).toEqual({ data: { usage: { totals: { calls: 0, cost: '0', unpricedCalls: 0, tokens: { total: 0 } } } } })
})

it('prints a link to the dashboard with a code that signs in one browser', async () => {
  const [, link = '', code = ''] = /(http:\/\/\S+\/sign-in)#code=(\S+)/.exec(server.stdout()) ?? []
  const page = await fetch(link)
  expect([page.status, await page.text()]).toEqual([200, '<!doctype html><title>Tollgate</title>'])
  const api = createApi({ url: `${server.url}/graphql`, key: code })
  const { createSession } = await api.ask('mutation { createSession { ... on CreateSessionPayload { token } } }')
  const { viewer } = await api.as(createSession.token).ask('{ viewer { kind scopes } }')
  expect(viewer).toEqual({ kind: 'OPERATOR', scopes: expect.arrayContaining(['keys:write', 'usage:read']) })
  await expect(api.ask('{ viewer { kind } }')).rejects.toThrow('The sign-in link was already used')
  expect(server.stderr()).not.toContain(code)

  const { exitCode, stdout } = await runCommand(['sign-in-link', '--url', `${server.url}/`], environment)
  expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^http:\/\/\S+\/sign-in#code=tgc_[\w-]{43}\n$/)])
  const another = api.as(stdout.trim().split('=')[1] ?? '')
  expect(await another.ask('{ viewer { kind } }')).toEqual({ viewer: { kind: 'OPERATOR' } })
})

it('calculates the exact cost of usage, for a tenant with its own key', async () => {
  const operator = await savedKeyApi()
  await operator.ask('mutation { createTenant(input: { id: "acme", name: "Acme" }) { ... on CreateTenantPayload { tenant { id } } } }')
  const { createApiKey } = await operator.ask(
    'mutation { createApiKey(input: { tenantId: "acme", name: "first" }) { ... on CreateApiKeyPayload { secret apiKey { prefix } } } }',
  )
  expect(createApiKey.secret).toContain(createApiKey.apiKey.prefix)

  const tenant = operator.as(createApiKey.secret)
  const { trackUsage } = await tenant.ask(`mutation { trackUsage(input: { events: [
    { idempotencyKey: "a", operation: "chat_message", provider: "openai", model: "gpt-4o", occurredAt: "2025-11-20T10:00:00Z", tokens: { input: 1000, output: 100 }, metadata: { customerId: "cust_0001" } },
    { idempotencyKey: "b", operation: "chat_message", provider: "openai", model: "gpt-4o", occurredAt: "2025-11-20T11:00:00Z", tokens: { input: 3, cacheRead: 1 }, metadata: { customerId: "cust_0002" } },
    { idempotencyKey: "c", operation: "chat_message", provider: "nobody", model: "unheard-of", occurredAt: "2025-11-20T12:00:00Z", tokens: { input: 5 } }
  ] }) { ... on TrackUsagePayload { results { outcome event { cost pricingState } } } } }`)
  expect(trackUsage.results).toEqual([
    { outcome: 'ACCEPTED', event: { cost: '0.0035', pricingState: 'PRICED' } }, // 1000 × 2.50 + 100 × 10.00, a million each
    { outcome: 'ACCEPTED', event: { cost: '0.00000875', pricingState: 'PRICED' } }, // 3 × 2.50 + 1 × 1.25
    { outcome: 'ACCEPTED', event: { cost: null, pricingState: 'UNPRICED' } },
  ])
  expect(await costByCustomer(tenant)).toEqual({
    totals: { calls: 3, cost: '0.00350875', unpricedCalls: 1 },
    breakdown: [
      { key: [{ value: 'cust_0001' }], measures: { cost: '0.0035' } },
      { key: [{ value: 'cust_0002' }], measures: { cost: '0.00000875' } },
      { key: [{ value: null }], measures: { cost: '0' } },
    ],
  })
})

it('runs commands on the PostgreSQL of the running server', async () => {
  const { exitCode, stdout } = await runCommand(['tenants', 'list'], environment)
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/^acme +Acme/m)
  expect(stdout).toMatch(/^early +Early Bird/m)
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
})

it('refuses a second server on the same data directory, and names the first', async () => {
  const { result, stderr } = captureOutput({ environment: { ...environment, PORT: '0' } }, () => runServer([]))
  expect(await result).toBe(1)
  expect(stderr()).toContain(`Another server already uses the data directory ${environment.TOLLGATE_DATA_DIR} (tollgate server, process ${server.pid})`)
  expect(stderr()).not.toMatch(/^ +at /m)
})

it('keeps data and key after a restart, and loads the sample once', async () => {
  expect(await server.stop()).toBe(0)
  // The command before may have used it a moment longer.
  await eventually('PostgreSQL has stopped', async () => (await postgresPid(environment.TOLLGATE_DATA_DIR)) === undefined)

  for (let start = 1; start <= 2; start++) {
    server = await startServer({ environment, args: ['--demo'] })
    const key = (await readFile(join(environment.TOLLGATE_DATA_DIR, 'operator-key'), 'utf8')).trim()
    expect(server.stdout()).not.toContain(key)
    const { data } = await runPastedQuery(server.stdout())
    expect(data.usage.totals.calls).toBe(600)
    expect(data.usage.breakdown.length).toBeGreaterThan(3)
    expect((await costByCustomer(await savedKeyApi())).totals.cost).toBe('0.00350875')
    if (start === 1) await server.stop()
  }
})

it('shows what the README shows, in its steps', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  const steps = /^## Try it$(.*)^## Guides$/ms.exec(readme)?.[1]?.replaceAll(/\bacme\b/g, 'newcomer') ?? ''
  const blocks = [...steps.matchAll(/^```(sh|json)\n(.*?)^```$/gms)].map(([, language, text = '']) => ({ language, text }))
  expect(blocks.map(({ language }) => language)).toEqual(['sh', 'sh', 'json', 'sh', 'sh', 'json', 'sh'])
  let secret = ''
  let answer = ''
  for (const { language, text } of blocks) {
    if (language === 'json') expect(answer).toBe(text.trim())
    else if (text.startsWith('curl')) answer = await inShell(text, secret)
    for (const [, call = ''] of text.matchAll(/^(?:KEY=\$\()?npm run (?:--silent )?tollgate -- (.*?)\)?$/gm)) {
      const { exitCode, stdout } = await runCommand(call.replaceAll('"', '').split(' '), environment)
      expect(exitCode, call).toBe(0)
      if (call.startsWith('keys create')) secret = stdout.trim()
      if (call.startsWith('quotas status')) expect(stdout).toMatch(/^tokens, day +all +450 +0 +50000 /m)
    }
  }
})

/** Runs a command of the README, for this server and its keys. */
async function inShell(command: string, key: string): Promise<string> {
  const here = command.replaceAll('http://localhost:4000', server.url).replaceAll('.tollgate/', `${environment.TOLLGATE_DATA_DIR}/`)
  const { stdout } = await promisify(execFile)('sh', ['-c', here], { env: { ...process.env, KEY: key } })
  return stdout
}

async function savedKeyApi() {
  const key = await readFile(join(environment.TOLLGATE_DATA_DIR, 'operator-key'), 'utf8')
  return createApi({ url: `${server.url}/graphql`, key: key.trim() })
}

async function costByCustomer(api: { ask(query: string): Promise<any> }) {
  const { usage } = await api.ask(`{ usage(range: { from: "2025-11-20T00:00:00Z", to: "2025-11-21T00:00:00Z" }) {
    totals { calls cost unpricedCalls }
    breakdown(by: [CUSTOMER]) { key { value } measures { cost } }
  } }`)
  return usage
}

/** Runs the command that the server printed, in a shell. */
async function runPastedQuery(welcome: string): Promise<any> {
  const command = /^ {2}curl [\s\S]*?'\n/m.exec(welcome)?.[0] ?? ''
  const { stdout } = await promisify(execFile)('sh', ['-c', command])
  return JSON.parse(stdout)
}
