import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { bundledPrices, type Price } from '@tollgate/pricing'
import { buildFeed, generateFeedKeys } from '@tollgate/pricing/feed'
import { feedPrice } from '@tollgate/pricing/testing'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { type LocalServer, startLocalServer } from '../kit/local-server.ts'
import { OPERATOR_KEY } from '../kit/server-process.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../kit/temporary-directory.ts'

let directory: TemporaryDirectory
let database: TestDatabase
let server: LocalServer
let environment: Record<string, string>
let privateKey: string
const requests: { path: string; status: number }[] = []
/** Serves the directory, as any web server would: with tags. */
const web = createServer(({ url = '', headers }, response) => {
  void readFile(join(directory.path, 'feed', url))
    .catch(() => undefined)
    .then(bytes => {
      const etag = bytes && `"${createHash('sha256').update(bytes).digest('hex')}"`
      response.statusCode = bytes === undefined ? 404 : headers['if-none-match'] === etag ? 304 : 200
      requests.push({ path: url, status: response.statusCode })
      if (etag !== undefined) response.setHeader('etag', etag)
      response.end(response.statusCode === 200 ? bytes : undefined)
    })
})

const run = (...args: string[]) => runCommand(args, environment)
const TRACK =
  'mutation ($input: TrackUsageInput!) { trackUsage(input: $input) { ... on TrackUsagePayload { results { event { id cost pricingState } } } ... on Error { code } } }'
const track = async (model: string, api = server.api) => {
  const event = { operation: 'chat', provider: 'openai', model, tokens: { input: 1_000_000 } }
  return (await api.ask(TRACK, { input: { tenantId: 'acme', events: [event] } })).trackUsage.results[0].event
}
const STATUS = `{ priceCatalogStatus { listAgeDays listIsOld feed { configured state problem version changes { id provider model moves { rate before after } } } } }`
const status = async () => (await server.api.ask(STATUS)).priceCatalogStatus

/** Replaces the served feed. */
async function publish(prices: readonly Price[], revision: number, key = privateKey): Promise<void> {
  const { list, listName, manifest } = buildFeed({ prices, privateKey: key, revision })
  await writeFile(join(directory.path, 'feed', listName), list)
  await writeFile(join(directory.path, 'feed', 'manifest.json'), manifest)
}

const NEW_MODEL = feedPrice({ provider: 'openai', model: 'gpt-77', rates: { input: '3', output: '9' } })
/** The list of the program, with GPT-5 mini 40 % dearer, and a new model. */
function movedList(): readonly Price[] {
  const moved = bundledPrices().map(price => {
    const { id: _id, from, to, publishedAt, perMillionTokens, perRequest: _perRequest, ...fields } = price
    if (
      price.provider !== 'openai' ||
      price.model !== 'gpt-5-mini' ||
      price.serviceTier !== undefined ||
      price.region !== undefined ||
      price.speed !== undefined
    )
      return price
    const rates = Object.fromEntries(Object.entries(perMillionTokens).map(([pool, { base }]) => [pool, base.times('1.4').toFixed()]))
    return feedPrice({ ...fields, rates, publishedAt: publishedAt.toString(), ...(from && { from: from.toString() }), ...(to && { to: to.toString() }) })
  })
  return [NEW_MODEL, ...moved]
}

beforeAll(async () => {
  directory = await temporaryDirectory()
  database = await createTestDatabase()
  web.listen(0, '127.0.0.1')
  await once(web, 'listening')
  environment = {
    DATABASE_URL: database.url,
    INIT_CWD: directory.path,
    TOLLGATE_PRICES_URL: `http://127.0.0.1:${(web.address() as AddressInfo).port}/manifest.json`,
    TOLLGATE_PRICES_PUBLIC_KEY: `${'A'.repeat(43)}=`,
  }
})
afterAll(async () => {
  await server?.stop()
  web.closeAllConnections()
  web.close()
  await database?.drop()
  await directory[Symbol.asyncDispose]()
})

it('builds the same signed feed twice, with a key that it created', async () => {
  const created = await run('prices', 'build-feed', '--generate-key', 'feed.pem')
  expect(created).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('Keep it secret') })
  environment['TOLLGATE_PRICES_PUBLIC_KEY'] = created.stdout.trim()
  privateKey = await readFile(join(directory.path, 'feed.pem'), 'utf8')
  expect(await run('prices', 'build-feed', '--generate-key', 'feed.pem')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('EEXIST') })

  const [first, second] = [await run('prices', 'build-feed', '--key', 'feed.pem'), await run('prices', 'build-feed', '--key', 'feed.pem', '--out', 'again')]
  expect([first, second].map(({ exitCode, stdout }) => [exitCode, stdout])).toEqual([
    [0, created.stdout],
    [0, created.stdout],
  ])
  const names = await readdir(join(directory.path, 'feed'))
  expect(names.toSorted()).toEqual(['manifest.json', expect.stringMatching(/^prices-\d{10}-[0-9a-f]{12}\.json$/)])
  for (const name of names) expect(await readFile(join(directory.path, 'feed', name))).toEqual(await readFile(join(directory.path, 'again', name)))
})

it('compares list prices with public ones, and fails for new disagreements alone', async () => {
  const fixtures = new URL('../../packages/pricing/fixtures/', import.meta.url)
  const same = await run('prices', 'compare', '--models-dev', new URL('models-dev-rates.json', fixtures).href, '--at', '2026-07-02')
  expect(same).toMatchObject({ exitCode: 0, stdout: '', stderr: expect.stringMatching(/^models-dev: \d+ entries compared, 0 new and \d+ known disagreements/) })
  const entry = { litellm_provider: 'openai', mode: 'chat', input_cost_per_token: 9e-7, output_cost_per_token: 2e-6 }
  await writeFile(join(directory.path, 'list.json'), JSON.stringify({ 'gpt-5-mini': entry }))
  const other = await run('prices', 'compare', '--litellm', 'list.json')
  expect(other).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^gpt-5-mini +input +0\.25 +0\.9$/m) })
  expect(await run('prices', 'compare')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is required') })
})

it('is checked when a server starts', async () => {
  server = await startLocalServer(environment)
  await server.api.ask('mutation { createTenant(input: { id: "acme", name: "Acme" }) { ... on Error { code } } }')
  await eventually('the feed was checked', async () => (await status()).feed.state === 'CURRENT')
  expect(await status()).toMatchObject({ feed: { configured: true, problem: null, changes: [] } })
})

it('prices a new model without a restart, rates earlier calls of it, and holds a move of 40 % until it is approved', async () => {
  expect(await track('gpt-77')).toMatchObject({ pricingState: 'UNPRICED' })
  const before = await track('gpt-5-mini')
  expect(before.cost).toBe('0.25')

  await publish(movedList(), 1)
  const refreshed = await run('prices', 'refresh')
  expect(refreshed).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^List prices changed: 1 new\./) })
  expect(refreshed.stdout).toMatch(/openai +gpt-5-mini +input +0\.25 +0\.35/)
  expect(await track('gpt-77')).toMatchObject({ pricingState: 'PRICED', cost: '3' })
  expect((await track('gpt-5-mini')).cost).toBe('0.25')

  // The call from before the price.
  const range = { from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' }
  const sums = `query ($range: TimeRangeInput!) { usage(tenantId: "acme", range: $range, filter: { models: ["gpt-77"] }) { totals { calls cost unpricedCalls } } }`
  const rated = await eventually('the earlier call was rated', async () => {
    const { totals } = (await server.api.ask(sums, { range })).usage
    return totals.unpricedCalls === 0 && totals
  })
  expect(rated).toMatchObject({ calls: 2, cost: '6' })
  const { ratingRuns } = await server.api.ask('{ ratingRuns(first: 1) { nodes { requestedBy reason state } } }')
  expect(ratingRuns.nodes).toEqual([{ requestedBy: 'price feed', reason: 'List prices changed', state: 'COMPLETED' }])

  const waiting = (await run('prices', 'status')).stdout
  expect(waiting).toMatch(/^Price feed: current, checked /m)
  expect(waiting).toMatch(/^Prices of 1 model move by more than 30 % and wait for your decision/m)
  const [change] = (await status()).feed.changes
  expect(change).toMatchObject({ provider: 'openai', model: 'gpt-5-mini', moves: expect.arrayContaining([{ rate: 'input', before: '0.25', after: '0.35' }]) })
  const APPROVE =
    'mutation ($ids: [ID!]!) { approvePriceChanges(input: { ids: $ids }) { ... on ApprovePriceChangesPayload { addedPrices feed { changes { id } } } ... on Error { code message } } }'
  expect((await server.api.ask(APPROVE, { ids: ['0'] })).approvePriceChanges.code).toBe('INVALID_INPUT')
  expect((await server.api.ask(APPROVE, { ids: [change.id] })).approvePriceChanges).toEqual({ addedPrices: 1, feed: { changes: [] } })
  expect((await track('gpt-5-mini')).cost).toBe('0.35')
})

it('is shared by a server without a feed', async () => {
  const { TOLLGATE_PRICES_URL: _url, ...others } = environment
  await using other = await startLocalServer(others)
  expect((await track('gpt-77', other.api)).cost).toBe('3')
  expect((await track('gpt-5-mini', other.api)).cost).toBe('0.35')
})

it('keeps prices, and says what is wrong, if the feed cannot be used', async () => {
  const manifest = join(directory.path, 'feed', 'manifest.json')
  const good = await readFile(manifest, 'utf8')
  await publish([NEW_MODEL], 2, generateFeedKeys().privateKey)
  expect(await run('prices', 'refresh')).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/\(bad_signature\).*Nothing changed\.\n$/) })
  expect((await run('prices', 'status')).stdout).toMatch(/^Price feed: bad_signature, .* The manifest is not signed with a configured key\.$/m)

  await publish(bundledPrices(), 0)
  expect((await run('prices', 'refresh')).stderr).toMatch(/\(older\)/)
  await writeFile(manifest, '{')
  expect((await run('prices', 'refresh')).stderr).toMatch(/\(unreadable\)/)
  expect((await status()).feed).toMatchObject({ state: 'UNREADABLE', version: expect.any(Number) })

  await writeFile(manifest, good)
  expect((await run('prices', 'refresh')).stderr).toBe('The feed is current; nothing changed.\n')
  requests.length = 0
  expect((await run('prices', 'refresh')).exitCode).toBe(0)
  expect(requests).toEqual([{ path: '/manifest.json', status: 304 }])
  expect((await track('gpt-77')).cost).toBe('3')
})

it('shows how old the list is in the metrics', async () => {
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  expect(Number(/^tollgate_price_list_age_seconds (\S+)$/m.exec(metrics)?.[1])).toBeGreaterThan(0)
})

it('is audited: who changed prices and tenants, by request, command or job, and from where', async () => {
  // The second request takes the fast path.
  const rename = async (name: string) => {
    const query = `mutation ($input: UpdateTenantInput!) { updateTenant(input: $input) { __typename } }`
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${OPERATOR_KEY}`, 'x-request-id': name, 'user-agent': 'journey/1' }
    const body = JSON.stringify({ query, variables: { input: { id: 'acme', name } } })
    expect((await fetch(`${server.url}/graphql`, { method: 'POST', headers, body })).status).toBe(200)
  }
  await rename('first')
  await rename('second')
  expect((await run('keys', 'create', '--name', 'by hand', '--tenant', 'acme')).exitCode).toBe(0)

  const trail = async (log: string) => {
    const { auditTrail } = await server.api.ask(
      `{ auditTrail(${log}filter: { results: [SUCCESS] }, first: 100) { nodes { eventType actor { kind id } requestId ipAddress userAgent } } }`,
    )
    return auditTrail.nodes as { eventType: string; actor: { kind: string; id: string } }[]
  }
  const request = (name: string) => ({
    eventType: 'tenant.updated',
    actor: { kind: 'KEY', id: 'configured operator key' },
    requestId: name,
    ipAddress: expect.stringMatching(/^(?:127\.0\.0\.1|::1)$/),
    userAgent: 'journey/1',
  })
  const command = { kind: 'USER', id: expect.stringMatching(/, at the command line$/) }
  const [created, second, first, ...earlier] = await trail('tenantId: "acme", ')
  expect(created).toMatchObject({ eventType: 'key.created', actor: command, requestId: null })
  expect([first, second]).toEqual([request('first'), request('second')])
  expect(earlier).toMatchObject([{ eventType: 'tenant.created' }])

  const installation = await trail('')
  const by = (eventType: string) => installation.filter(event => event.eventType === eventType).map(({ actor }) => actor)
  const job = (name: string) => ({ kind: 'SYSTEM', id: name })
  expect(by('pricing.priceListAccepted')).toEqual([command, job('prices.refresh')])
  expect(by('pricing.priceChangesApproved')).toEqual([{ kind: 'KEY', id: 'configured operator key' }])
  expect(by('pricing.listPricesActivated')).toEqual(expect.arrayContaining([command, job('server')]))
  expect(by('pricing.usageRerated')).toEqual([job('prices.rate-unpriced')])
})
