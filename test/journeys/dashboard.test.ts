import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import type * as axe from 'axe-core'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startBrowser } from '../kit/browser.ts'
import { type LocalServer, startLocalServer } from '../kit/local-server.ts'
import { OPERATOR_KEY } from '../kit/server-process.ts'

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let database: TestDatabase
let server: LocalServer
let browser: Browser
let tenantKey: string
/** The operator, who stays signed in from the first test on. */
let operator: Session

beforeAll(async () => {
  const building = promisify(execFile)(process.execPath, [fileURLToPath(new URL('../../scripts/build-dashboard.mjs', import.meta.url))])
  ;[database, browser] = await Promise.all([createTestDatabase(), startBrowser(), building])
  server = await startLocalServer({ DATABASE_URL: database.url, TOLLGATE_DASHBOARD: '1' })
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await database?.drop()
})

/** Gives every page something to show. Returns the key of the tenant "acme". */
async function fill(): Promise<string> {
  const { ask } = server.api
  for (const id of ['acme', 'globex', 'initech'])
    await ask(`mutation { createTenant(input: { id: "${id}", name: "${id} with a name that is rather long for a table" }) { __typename } }`)
  await ask('mutation { publishMarkup(input: { name: "standard", percent: "40", from: "2026-01-01T00:00:00Z" }) { __typename } }')
  await ask('mutation { grantCredits(input: { tenantId: "acme", amount: "500", idempotencyKey: "first" }) { __typename } }')
  await ask('mutation { setQuota(input: { tenantId: "acme", metric: REQUESTS, window: MONTH, limit: "100" }) { __typename } }')
  await ask('mutation { subscribe(input: { tenantId: "acme", plan: "pro" }) { __typename } }')
  const events = Array.from({ length: 40 }, (_, at) => {
    const occurredAt = new Date(Date.now() - at * 3_600_000).toISOString()
    const model = at % 4 === 0 ? 'model-without-a-price' : 'gpt-4o'
    return `{ operation: "chat_message", occurredAt: "${occurredAt}", provider: "openai", model: "${model}", latencyMs: ${200 + at}, tokens: { input: 1000, output: 200 }, metadata: { customerId: "customer-${at % 5}" } }`
  })
  for (const id of ['acme', 'globex']) await ask(`mutation { trackUsage(input: { tenantId: "${id}", events: [${events.join(' ')}] }) { __typename } }`)
  await ask('mutation { runBilling(input: { through: "2099-01-01T00:00:00Z", tenantIds: ["acme"] }) { __typename } }').catch(() => undefined)
  const { createApiKey } = await ask('mutation { createApiKey(input: { tenantId: "acme", name: "backend" }) { ... on CreateApiKeyPayload { secret } } }')
  return createApiKey.secret
}

interface Session {
  readonly context: BrowserContext
  readonly page: Page
  /** What went wrong on its pages. */
  readonly problems: string[]
}

/** Signs a browser in by pasting a key. */
async function signIn(key: string, locale = 'en-US'): Promise<Session> {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 900 }, locale, permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', message => message.type() === 'error' && problems.push(message.text()))
  page.on('pageerror', error => problems.push(error.message))
  page.on('request', request => {
    if (!request.url().startsWith(server.url) && !/^(?:data|blob):/.test(request.url())) problems.push(`A request to ${request.url()}`)
  })
  await page.goto(server.url)
  await page.getByLabel('Key').fill(key)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Pages' }).waitFor()
  return { context, page, problems }
}

/** Returns what axe finds wrong on a page. Only experimental rules, which are off, need what axe would load first. */
async function violations(page: Page, runOnly: axe.RunOnly): Promise<string[]> {
  return page.evaluate(async only => {
    const { violations: all } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ['violations'],
      runOnly: only,
      preload: false,
    })
    return all.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`))
  }, runOnly)
}

async function setTheme(page: Page, theme: string): Promise<void> {
  await page.evaluate(name => {
    document.documentElement.dataset['theme'] = name
  }, theme)
}

async function settled(page: Page): Promise<void> {
  await page.locator('main h1').waitFor()
  await page.locator('[role=status][aria-label^=Loading]').first().waitFor({ state: 'detached' })
}

describe('the dashboard of a new server', () => {
  it('loads the demo after it has asked, and shows the first event of a tenant as its call of curl arrives', async () => {
    operator = await signIn(OPERATOR_KEY)
    const { page, problems } = operator
    await page.getByRole('heading', { name: 'Get started' }).waitFor()
    expect((await page.getByLabel('Call of curl').textContent()) ?? '').toContain('createTenant(input: { id: \\"acme\\"')
    await page.getByRole('button', { name: 'Load the demo' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Load the demo' }).click()
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    await page.getByRole('link', { name: 'Meridian Labs (demo)' }).first().waitFor()

    tenantKey = await fill()
    await page.goto(`${server.url}/start?tenant=initech`)
    await page.getByText('Waiting for your first event …').waitFor()
    const curl = (await page.getByLabel('Call of curl').textContent()) ?? ''
    await promisify(execFile)('sh', ['-c', curl], { env: { ...process.env, TOLLGATE_KEY: OPERATOR_KEY } })
    await page.getByText('initech with a name that is rather long for a table, chat_message, openai, gpt-4o').waitFor()
    expect(await page.getByLabel('Settings of OpenTelemetry').textContent()).toContain(`${server.url}/v1/traces?tenant=initech`)
    expect(problems).toEqual([])
  }, 120_000)
})

describe('the dashboard', () => {
  it('is built for production, also by a program that runs with NODE_ENV=test', async () => {
    const [, path] = /<script type="module"[^>]* src="([^"]+)"/.exec(await (await fetch(server.url)).text()) ?? []
    const script = await (await fetch(`${server.url}${path}`)).text()
    expect(script).toContain('Minified React error')
    expect(script).not.toContain('Encountered two children with the same key')
  })

  it('refuses a wrong key, and says why', async () => {
    const page = await browser.newPage()
    await page.goto(server.url)
    await page.getByLabel('Key').fill('tg_wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').textContent()).toMatch(/key/i)
    expect(await page.evaluate(() => sessionStorage.length + localStorage.length)).toBe(0)
    await page.close()
  })

  it('shows every page to an operator, in both themes and on a phone, without a violation of accessibility or of its security policy', async () => {
    const { page, problems } = operator
    await page.goto(`${server.url}/overview?tenant=acme`)
    await settled(page)
    await page.evaluate(AXE)
    const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link')
    const names = await links.allTextContents()
    expect(names.length).toBeGreaterThan(12)
    const wrong: string[] = []
    for (const [at, name] of names.entries()) {
      await links.nth(at).click()
      await settled(page)
      const note = (theme: string, found: readonly string[]) => wrong.push(...found.map(violation => `${name} (${theme}) ${violation}`))
      await setTheme(page, 'light')
      note('light', await violations(page, { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] }))
      await setTheme(page, 'dark')
      note('dark', await violations(page, { type: 'rule', values: ['color-contrast'] })) // Nothing else depends on the theme.
      await page.setViewportSize({ width: 380, height: 800 })
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      if (width > 380) wrong.push(`${name} is ${width} pixels wide on a phone: only tables may scroll sideways`)
      await page.setViewportSize({ width: 1_280, height: 900 })
    }
    expect(wrong).toEqual([])
    expect(problems).toEqual([])
    // The key is not kept anywhere, and nothing outlives the session.
    expect(await page.evaluate(() => localStorage.length)).toBe(0)
    expect(await page.evaluate(key => JSON.stringify(sessionStorage).includes(key), OPERATOR_KEY)).toBe(false)
  }, 120_000)

  it('sets a quota, which the server enforces, shows what is wrong with a bad one beside its field, and previews a change of plan', async () => {
    const { page } = operator
    await page.goto(`${server.url}/quotas?tenant=globex`)
    await page.getByRole('button', { name: 'Set a limit' }).click()
    await page.getByLabel('At most').fill('-5')
    await page.getByRole('button', { name: 'Set the limit' }).click()
    await page.getByRole('dialog').getByRole('alert').waitFor()
    await page.getByLabel('At most').fill('40')
    await page.getByRole('button', { name: 'Set the limit' }).click()
    await page.getByText('The limit was set: Requests per month, at most 40.').waitFor()
    const { enforceQuotas } = await server.api.ask(
      'mutation { enforceQuotas(input: { tenantId: "globex", requests: [{ metric: REQUESTS, amount: "1" }] }) { ... on EnforceQuotasPayload { decision { allowed } } } }',
    )
    expect(enforceQuotas.decision.allowed).toBe(false)

    // An item of a list is complained about beside the field of the list.
    await page.goto(`${server.url}/credits?tenant=acme&wallet=(tenant)`)
    await page.getByRole('button', { name: 'Change the terms' }).click()
    await page.getByLabel('Alert when fewer credits are left than').fill('10, x')
    await page.getByRole('dialog').getByRole('button', { name: 'Change the terms' }).click()
    await page.locator('[aria-invalid=true]').waitFor()
    await page.getByLabel('Alert when fewer credits are left than').fill('10, 20')
    await page.getByRole('dialog').getByRole('button', { name: 'Change the terms' }).click()
    await page.getByText('The terms of the wallet were changed.').waitFor()
    const { wallet } = await server.api.ask('{ wallet(tenantId: "acme") { alertBelow } }')
    expect(wallet.alertBelow.map(Number).toSorted((a: number, b: number) => a - b)).toEqual([10, 20])

    // What another plan does to the next invoice is shown before it is chosen.
    await page.goto(`${server.url}/subscriptions?tenant=acme`)
    await page.getByRole('button', { name: 'Change the plan' }).click()
    await page.getByLabel('Plan', { exact: true }).selectOption('business')
    await page.getByRole('dialog').getByRole('rowheader', { name: 'Fees before tax' }).waitFor()
    expect(await page.getByRole('table', { name: 'Fees on that invoice' }).textContent()).toContain('$499.00')
  }, 120_000)

  it('sends a rejected event again once it was corrected, and erases a person only after the id was typed twice', async () => {
    const { page } = operator
    await server.api.ask(`mutation {
      trackUsage(input: { tenantId: "globex", events: [{ operation: "chat", latencyMs: -3, metadata: { customerId: "corrected" } }] }) { __typename }
      recordAuditEvents(input: { tenantId: "globex", events: [{ family: "user", action: "invited", actorId: "ana", ipAddress: "192.0.2.7" }] }) { __typename }
    }`)
    await page.goto(`${server.url}/rejected-events?tenant=globex`)
    await page.getByRole('table').getByRole('button').click()
    const sent = page.getByLabel('What was sent')
    await page.getByRole('button', { name: 'Send it again' }).click()
    await page.locator('dt:text-is("Times sent") + dd:text-is("2")').waitFor()
    await sent.fill((await sent.inputValue()).replace('-3', '3'))
    await page.getByRole('button', { name: 'Send the corrected event' }).click()
    await page.getByText('The event was recorded.').waitFor()
    await page.getByText('No rejected event is waiting.').waitFor()
    const { usage } = await server.api.ask(
      '{ usage(tenantId: "globex", period: TODAY, filter: { customerIds: ["corrected"] }) { totals { successes latencyMs { average } } } }',
    )
    expect(usage.totals).toEqual({ successes: 1, latencyMs: { average: 3 } })

    await page.goto(`${server.url}/audit?tenant=globex`)
    await page.getByRole('button', { name: 'Erase personal data' }).click()
    await page.getByLabel('Person id').fill('ana')
    await page.getByText('Latest events by ana in this log:').waitFor()
    const erase = page.getByRole('button', { name: 'Erase permanently' })
    expect(await erase.isDisabled()).toBe(true)
    await page.getByLabel('Type the id again to confirm').fill('ana')
    await Promise.all([page.waitForRequest(request => request.postData()?.includes('auditReport') === true), erase.click()])
    await page.getByText('The personal data of ana was erased from the log of globex.').waitFor()
    const { auditTrail } = await server.api.ask('{ auditTrail(tenantId: "globex", filter: { actorIds: ["ana"] }) { nodes { ipAddress } } }')
    expect(auditTrail.nodes).toEqual([{ ipAddress: null }])
  }, 120_000)

  it('puts a new tenant on a test clock after the dialog was cancelled once, and advances the clock', async () => {
    const { page, problems } = operator
    await server.api.ask('mutation { createTenant(input: { id: "simulated", name: "simulated" }) { __typename } }')
    await page.goto(`${server.url}/test-clocks`)
    const open = page.getByRole('button', { name: 'Put a tenant on a test clock' })
    await open.click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await open.click()
    await page.getByLabel('Id of the tenant').fill('simulated')
    await page.getByRole('dialog').getByRole('button', { name: 'Put it on a test clock' }).click()
    await page.getByText('The tenant simulated is on a test clock.').waitFor()
    await page.getByRole('button', { name: 'Advance the clock of simulated' }).click()
    const to = page.getByLabel('Advance it to')
    const now = Date.parse(`${await to.inputValue()}Z`)
    await page.getByRole('button', { name: '+1 day' }).click()
    expect(Date.parse(`${await to.inputValue()}Z`) - now).toBe(86_400_000)
    await page.getByRole('button', { name: 'Advance the clock', exact: true }).click()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByText('The clock of simulated was advanced.').waitFor()
    expect(problems).toEqual([])
  }, 120_000)

  it('shows an alert in two tabs as it happens, and signs a new tab in', async () => {
    const { context, page } = await signIn(OPERATOR_KEY)
    await page.getByText(/Today so far: /).waitFor()
    const second = await context.newPage()
    await second.goto(`${server.url}/overview`)
    await second.getByText(/Today so far: /).waitFor()
    await server.api.ask('mutation { setQuota(input: { tenantId: "acme", metric: REQUESTS, window: DAY, limit: "2" }) { __typename } }')
    await server.api.ask('mutation { trackUsage(input: { tenantId: "acme", events: [{ operation: "chat_message" }] }) { __typename } }')
    for (const tab of [page, second]) await tab.getByText(/has used 100 % of its requests per day/).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    for (const tab of [page, second]) await tab.getByRole('heading', { name: 'Sign in to Tollgate' }).waitFor()
    await context.close()
  })

  it('downloads an invoice as a PDF, and a verified audit log as CSV', async () => {
    const { page } = operator
    await page.goto(`${server.url}/invoices?tenant=demo-1`)
    await page.getByRole('table', { name: 'Invoices' }).getByRole('button').first().click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'PDF' }).click()])
    const bytes = await readFile(await download.path())
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(bytes.length).toBeGreaterThan(2_000)
    await page.goto(`${server.url}/audit?tenant=acme&type=tenant.created`)
    await page.getByRole('button', { name: 'Verify' }).click()
    await page.getByText(/^complete and unchanged.*events and .* agree\.$/).waitFor()
    const [log] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export as CSV' }).click()])
    expect(log.suggestedFilename()).toBe('audit-acme.csv')
    expect((await readFile(await log.path(), 'utf8')).match(/\btenant,created\b|tenant\.created/g)).toHaveLength(1)
  })

  it('shows a tenant itself only, whatever the address says', async () => {
    const { context, page } = await signIn(tenantKey)
    await page.goto(`${server.url}/quotas?tenant=globex`)
    await settled(page)
    expect(await page.getByText('globex').count()).toBe(0)
    const { invoices, usageEvents } = await server.api.ask(
      '{ invoices(tenantId: "demo-1", first: 1) { nodes { id } } usageEvents(tenantId: "globex", range: { from: "2026-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z" }, first: 1) { nodes { id } } }',
    )
    await page.goto(`${server.url}/invoices?invoice=${invoices.nodes[0].id}`)
    await page.getByText('There is no such invoice.').waitFor()
    await page.goto(`${server.url}/events?event=${usageEvents.nodes[0].id}`)
    await page.getByText('There is no event with this id.').waitFor()
    await page.goto(`${server.url}/keys`)
    await page.getByText('You may not see this page.').waitFor()
    // Another key in the same tab: nothing of the session before is left.
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Key').fill(OPERATOR_KEY)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('navigation', { name: 'Pages' }).waitFor()
    expect(await page.getByText('You may not see this page.').count()).toBe(0)
    await context.close()
  })

  it('shows a customer its own page and alerts only, also in a browser whose language is unknown', async () => {
    const { createAccessToken } = await server.api.ask(
      'mutation { createAccessToken(input: { tenantId: "acme", customerId: "customer-1" }) { ... on CreateAccessTokenPayload { token } } }',
    )
    const { context, page, problems } = await signIn(createAccessToken.token, 'en-US@posix')
    await page.getByRole('heading', { name: 'Your usage' }).waitFor()
    await page.getByRole('slider', { name: 'Calls by model (calls)' }).waitFor()
    expect(await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allTextContents()).toEqual(['Your usage'])
    await page.getByText('You are customer-1.').waitFor()
    await page.getByRole('table', { name: 'The latest events' }).waitFor()
    await server.api.ask('mutation { setQuota(input: { tenantId: "acme", metric: TOKENS, window: DAY, limit: "1", scope: [CUSTOMER] }) { __typename } }')
    const events = [1, 2].map(at => `{ operation: "chat_message", tokens: { input: 10 }, metadata: { customerId: "customer-${at}" } }`)
    await server.api.ask(`mutation { trackUsage(input: { tenantId: "acme", events: [${events.join(' ')}] }) { __typename } }`)
    await page.getByText(/^You have used 100 % of your tokens per day/).waitFor()
    await page.getByText(/^Tokens per day: 100 % used/).waitFor()
    expect(await page.getByText('customer-2').count()).toBe(0)
    for (const path of ['overview', 'events', 'invoices', 'audit']) {
      await page.goto(`${server.url}/${path}?tenant=acme`)
      await page.getByText('You may not see this page.').waitFor()
    }
    expect(problems).toEqual([])
    await context.close()
  })

  it('is used with the keyboard alone, through all of Explore and the search of events', async () => {
    const { page, problems } = operator
    await page.goto(`${server.url}/explore`)
    await settled(page)
    const tabTo = async (target: Locator) => {
      await target.waitFor()
      for (let presses = 0; presses < 80; presses += 1) {
        if (await target.evaluate(element => element === document.activeElement)) return
        await page.keyboard.press('Tab')
      }
      throw new Error(`The key Tab does not lead to ${target.toString()}.`)
    }
    const choose = async (label: string, option: string) => {
      const field = page.getByLabel(label, { exact: true })
      await tabTo(field)
      const labels = await field.locator('option').allTextContents()
      const selected = () => field.evaluate(element => (element as HTMLSelectElement).selectedOptions[0]?.label ?? '')
      const to = labels.indexOf(option)
      // A browser that is still drawing the page may lose a key.
      for (let at = labels.indexOf(await selected()), presses = 0; at !== to && presses <= labels.length; presses += 1) {
        await page.keyboard.press(at < to ? 'ArrowDown' : 'ArrowUp')
        await vi.waitUntil(async () => (await selected()) !== labels[at]).catch(() => {})
        at = labels.indexOf(await selected())
      }
      expect(await selected()).toBe(option)
    }
    const address = () => new URL(page.url()).searchParams
    await page.getByRole('link', { name: 'Skip to the content' }).focus()
    await page.keyboard.press('Enter')
    await choose('Measure', 'Calls')
    await choose('Period', 'Last 7 days')
    await choose('Steps', 'Weeks')
    await choose('Time zone', 'Africa/Abidjan')
    await choose('Group by', 'Provider')
    await choose('Then by', 'Model')
    await choose('Groups', 'Top 50')
    await tabTo(page.getByLabel('Compare with the period before'))
    await page.keyboard.press('Space')
    await tabTo(page.getByRole('button', { name: 'Add a filter' }))
    await page.keyboard.press('Enter')
    await tabTo(page.getByLabel('Value', { exact: true }))
    await page.keyboard.type('gpt-4o')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Remove the filter Model: gpt-4o' }).waitFor()
    expect(Object.fromEntries([...address()].map(([name, value]) => [name, value.replaceAll('"', '')]))).toMatchObject({
      measure: 'CALLS',
      granularity: 'WEEK',
      period: 'LAST_7_DAYS',
      zone: 'Africa/Abidjan',
      by: '[PROVIDER,MODEL]',
      top: '50',
      compare: 'true',
    })

    // The chart of the new view: it starts without a selected point.
    await page.locator('[aria-busy=false]').waitFor()
    const chart = page.getByRole('slider').first()
    await tabTo(chart)
    await page.keyboard.press('End')
    const last = await chart.getAttribute('aria-valuetext')
    expect(last).toMatch(/\d/)
    await page.keyboard.press('ArrowLeft')
    expect(await chart.getAttribute('aria-valuetext')).not.toBe(last)
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Show chart' }).first().waitFor()

    await tabTo(page.getByRole('button', { name: 'Download CSV' }))
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
    expect(await readFile(await download.path(), 'utf8')).toMatch(/^Row,Provider,Model,.*\r\ngroup,openai,gpt-4o,[^\n]*\ntotal,/)
    await page.getByRole('link', { name: 'Skip to the content' }).focus()
    await page.keyboard.press('Enter')
    await tabTo(page.getByRole('button', { name: 'GraphQL query' }))
    await page.keyboard.press('Enter')
    const copy = page.getByRole('button', { name: 'Copy as a request body' }).first()
    await tabTo(copy)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const { query, variables } = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as { query: string; variables: Record<string, unknown> }
    expect((await server.api.ask(query, variables)).usage.totals.calls).toBeGreaterThan(0)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    const { usageEvents } = await server.api.ask(
      '{ usageEvents(tenantId: "acme", range: { from: "2026-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z" }, filter: { customerIds: ["customer-3"] }, first: 1) { nodes { id idempotencyKey } } }',
    )
    const [event] = usageEvents.nodes
    await page.goto(`${server.url}/events?tenant=acme`)
    await settled(page)
    const search = page.getByRole('combobox', { name: 'Search' })
    await page.getByRole('link', { name: 'Skip to the content' }).focus()
    await page.keyboard.press('Enter')
    await tabTo(search)
    await page.keyboard.type('omer-3')
    await page.getByRole('option', { name: /Customer.*customer-3/ }).waitFor()
    await page.evaluate(AXE)
    expect(await violations(page, { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa'] })).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Remove the filter Customer: customer-3' }).waitFor()
    await page.keyboard.type(event.idempotencyKey)
    await page.keyboard.press('Enter')
    await page.getByText('The only event of this view is shown.').waitFor()
    expect(Object.fromEntries(address())).toMatchObject({ customer: 'customer-3', id: event.idempotencyKey, period: 'LAST_30_DAYS' })
    await page.keyboard.type(event.id)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Usage event' }).getByText(event.idempotencyKey).waitFor()
    expect(problems).toEqual([])
  }, 120_000)
})
