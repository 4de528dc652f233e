import { execFile } from 'node:child_process'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createBackend } from '../../examples/frontend/backend.ts'
import { startBrowser } from '../kit/browser.ts'
import { type LocalServer, startLocalServer } from '../kit/local-server.ts'
import { OPERATOR_KEY } from '../kit/server-process.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../kit/temporary-directory.ts'

const EXAMPLE = join(import.meta.dirname, '../../examples/frontend')

let database: TestDatabase
let directory: TemporaryDirectory
let server: LocalServer
let backend: Server
let browser: Browser
let page: Page
let settings: Record<string, string>

beforeAll(async () => {
  directory = await temporaryDirectory()
  database = await createTestDatabase()
  const build = promisify(execFile)(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--outDir', directory.path, '--emptyOutDir', '--logLevel', 'error'],
    {
      cwd: EXAMPLE,
    },
  )
  const types = promisify(execFile)(join(EXAMPLE, '../../node_modules/.bin/tsc'), ['-p', EXAMPLE, '--noEmit']).catch((error: unknown) =>
    expect.fail(`The example does not compile:\n${(error as { readonly stdout: string }).stdout}`),
  )
  // A port that the page's address is allowed from, before the server starts.
  backend = createBackend({
    url: () => `${server.url}/graphql`,
    tenantId: 'acme',
    tenantKey: () => tenantKey,
    operatorKey: OPERATOR_KEY,
    folder: directory.path,
  })
  await once(backend.listen(0, '127.0.0.1'), 'listening')
  settings = { DATABASE_URL: database.url, TOLLGATE_ALLOWED_ORIGINS: address() }
  ;[server, browser] = await Promise.all([startLocalServer(settings), startBrowser(), build, types])
  settings['PORT'] = new URL(server.url).port
  await server.api.ask('mutation { createTenant(input: { id: "acme", name: "Acme" }) { __typename } }')
  const { createApiKey } = await server.api.ask(
    'mutation { createApiKey(input: { tenantId: "acme", name: "page" }) { ... on CreateApiKeyPayload { secret } } }',
  )
  tenantKey = createApiKey.secret
  await server.api.ask(
    'mutation { setQuota(input: { tenantId: "acme", metric: TOKENS, window: DAY, limit: "10000", enforcement: SOFT, alertAt: ["80"] }) { __typename } }',
  )
  await track(
    Array.from(
      { length: 45 },
      (_, i) => `{ operation: "chat", provider: "openai", model: "model-${i % 5}", tokens: { input: 100 }, idempotencyKey: "e-${i}" }`,
    ),
  )
})
afterAll(async () => {
  await browser?.close()
  backend?.close()
  await server?.stop()
  await database?.drop()
  await directory?.[Symbol.asyncDispose]()
})

let tenantKey = ''
const address = () => `http://127.0.0.1:${(backend.address() as AddressInfo).port}`
const track = async (events: readonly string[]) =>
  expect(
    (
      await server.api.ask(
        `mutation { trackUsage(input: { tenantId: "acme", events: [${events.join(' ')}] }) { ... on TrackUsagePayload { results { outcome } } } }`,
      )
    ).trackUsage.results,
  ).toHaveLength(events.length)
const section = (name: string) => page.getByRole('region', { name })

it('shows totals, a bar for each day, the largest models with the others as one, quotas, and events that load as they are scrolled', async () => {
  page = await browser.newPage({ viewport: { width: 1100, height: 1250 } })
  page.setDefaultTimeout(10_000)
  const problems: string[] = []
  page.on('pageerror', error => problems.push(error.message))
  page.on('console', message => void (message.type() === 'error' && problems.push(message.text())))
  await page.goto(address())
  const overview = section('Overview')
  await overview.getByText('Other (2)').waitFor()
  expect(await overview.getByRole('listitem').count()).toBe(30)
  await section('Quotas').getByText('4.5K of 10K').waitFor()
  const rows = section('Events').getByRole('row')
  await expect.poll(() => rows.count()).toBe(20)
  for (const expected of [40, 45]) {
    await section('Events')
      .locator('.events')
      .evaluate(list => list.scrollTo(0, list.scrollHeight))
    await expect.poll(() => rows.count()).toBe(expected)
  }
  if (process.env['SCREENSHOT'] !== undefined) await page.screenshot({ path: process.env['SCREENSHOT'] })
  expect(problems).toEqual([])
})

it('shows the typed error of a wrong limit beside its field, and a new limit at once', async () => {
  const quotas = section('Quotas')
  const field = quotas.getByRole('textbox', { name: 'Tokens per day' })
  await field.fill('-1')
  await quotas.getByRole('button', { name: 'Set limit' }).click()
  await expect.poll(() => quotas.getByRole('alert').textContent()).toMatch(/^Limit must/)
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  await field.fill('9000')
  await quotas.getByRole('button', { name: 'Set limit' }).click()
  await quotas.getByText('4.5K of 9K').waitFor()
  expect(await quotas.getByRole('alert').count()).toBe(0)
})

it('shows usage and alerts live, and those that are raised while the server restarts, each once', async () => {
  const alerts = section('Alerts').getByRole('listitem')
  const before = await alerts.count()
  const callsToday = section('Overview').getByRole('definition').last()
  await expect.poll(() => callsToday.textContent()).toMatch(/^45 /)
  await server.stop()
  // Another server of the installation raises an alert meanwhile.
  await using other = await startLocalServer({ ...settings, PORT: '0' })
  await other.api.ask('mutation { trackUsage(input: { tenantId: "acme", events: [{ operation: "chat", tokens: { input: 3600 } }] }) { __typename } }')
  server = await startLocalServer(settings)
  await expect.poll(() => alerts.count(), { timeout: 15_000 }).toBe(before + 1)
  await expect.poll(() => callsToday.textContent()).toMatch(/^46 /)
  if (process.env['SCREENSHOT'] !== undefined) await page.screenshot({ path: process.env['SCREENSHOT'].replace('.png', '-live.png') })
})
