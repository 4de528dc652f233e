import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { settableClock, systemClock } from '@tollgate/kernel'
import { createTollgate, type EngineOptions, meterAnthropic, meterOpenAI, type ServerOptions } from '@tollgate/sdk'
import { describeTollgate, startProviderServer, type TollgateUnderTest } from '@tollgate/sdk/testing'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { KEY_SCOPES } from '../../apps/server/src/features/accounts/key-scopes.ts'
import { encodeCursor } from '../../apps/server/src/graphql/relay/cursor.ts'
import { type LiveTestServer, startLiveTestServer } from '../../apps/server/src/graphql/testing/live-test-server.ts'
import { inProcessEngine } from './in-process-engine.ts'
import { METERED_CALLS } from './metered-calls.ts'

// The client compares its clock to the header `Date` of the server, which has the time of the machine.
const clock = settableClock(systemClock.now())
let test: TestDatabase
let server: LiveTestServer
let tenants = 0
/** The tenant of each client. */
const tenantOf = new WeakMap<ServerOptions | EngineOptions, string>()

beforeAll(async () => {
  test = await createTestDatabase()
  server = await startLiveTestServer({ access: test.access, clock })
})
afterAll(async () => {
  await server.stop()
  await test.drop()
})

async function newTenant(optionsOf: (tenantId: string) => Promise<ServerOptions | EngineOptions>): Promise<ServerOptions | EngineOptions> {
  tenants += 1
  const id = `tenant-${tenants}`
  await server.tollgate.accounts.createTenant({ id, name: id })
  const options = await optionsOf(id)
  tenantOf.set(options, id)
  return options
}

const installation = (optionsOf: (tenantId: string) => Promise<ServerOptions | EngineOptions>): TollgateUnderTest => ({
  newTenant: () => newTenant(optionsOf),
  async limit(options, metric, amount) {
    await server.tollgate.quotas.setQuota({ tenantId: tenantOf.get(options) ?? '', metric, window: 'day', limit: String(amount), alertAt: ['10', '80'] })
  },
  async grant(options, amount) {
    await server.tollgate.credits.grant({ tenantId: tenantOf.get(options) ?? '', amount, idempotencyKey: 'granted' })
  },
  async alertCursor({ engine }) {
    const cursor = await server.tollgate.quotas.lastAlertCursor()
    return engine === undefined ? encodeCursor(cursor) : cursor
  },
  now: () => new Date(clock.now().epochMilliseconds),
})

describeTollgate('a client of a server', () =>
  installation(async tenantId => {
    const { secret } = await server.tollgate.accounts.createApiKey({ tenantId, name: 'sdk' }, new Set(KEY_SCOPES))
    return { url: server.url, apiKey: secret }
  }),
)

describeTollgate('a client in the process of the packages', () =>
  installation(async tenantId => {
    return { engine: inProcessEngine({ ...server.tollgate, tenantId }) }
  }),
)

const newServerTenant = () =>
  newTenant(async tenantId => {
    const { secret } = await server.tollgate.accounts.createApiKey({ tenantId, name: 'wrappers' }, new Set(KEY_SCOPES))
    return { url: server.url, apiKey: secret }
  })

const thisHour = () => {
  const now = clock.now().epochMilliseconds
  return { from: new Date(now - 3_600_000), to: new Date(now + 3_600_000) }
}

it('calls of metered clients are counted to the token and cost to the cent, and settle their reservations', async () => {
  const options = await newServerTenant()
  await server.tollgate.pricing.importBundledPrices()
  await server.tollgate.quotas.setQuota({ tenantId: tenantOf.get(options) ?? '', metric: 'tokens', window: 'day', limit: '5000' })
  await using tollgate = createTollgate(options)

  const chunks = [
    { id: '1', model: 'gpt-5-mini-2025-08-07', choices: [{ index: 0, delta: { content: 'Rayleigh scattering.' } }] },
    {
      id: '1',
      model: 'gpt-5-mini-2025-08-07',
      choices: [],
      usage: { prompt_tokens: 2_006, completion_tokens: 300, prompt_tokens_details: { cached_tokens: 1_920 } },
    },
  ]
  const stream = chunks.map(chunk => `data: ${JSON.stringify(chunk)}\n\n`).join('')
  const openai = new OpenAI({ apiKey: 'key', fetch: async () => new Response(stream, { headers: { 'content-type': 'text/event-stream' } }) })
  const asked = { model: 'gpt-5-mini', max_completion_tokens: 1_000, messages: [{ role: 'user' as const, content: 'Why is the sky blue?' }] }
  const chat = async () => {
    for await (const { choices } of await meterOpenAI(openai, tollgate, { reserve: true }).chat.completions.create({ ...asked, stream: true })) {
      expect(choices[0]?.delta.content).toBe('Rayleigh scattering.')
    }
  }
  await chat()

  const usage = { input_tokens: 12, cache_read_input_tokens: 1_500, output_tokens: 227 }
  const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-5-20250929', content: [], usage }
  const anthropic = new Anthropic({ apiKey: 'key', fetch: async () => Response.json(message) })
  await meterAnthropic(anthropic, tollgate).messages.create({ model: 'claude-opus-4-8', max_tokens: 500, messages: asked.messages })
  await tollgate.flush()

  const { totals } = await tollgate.usage({ range: thisHour() })
  expect(totals).toMatchObject({ calls: 2, successes: 2, tokens: { input: 98, cacheRead: 3_420, output: 527, total: 4_045 } })
  // gpt-5-mini: 86 × $0.25, 1,920 × $0.025 and 300 × $2 per million. claude-sonnet-4-5: 12 × $3, 1,500 × $0.30 and 227 × $15.
  expect(totals.cost).toBe('0.0045605')

  const { quotas } = await tollgate.quotaStatus()
  expect(quotas).toMatchObject([{ metric: 'TOKENS', used: '4045', reserved: '0' }])
  await expect(chat()).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED', status: 429 })
})

it('calls of every metered client cost what the published prices say, to the last digit, streamed or not', async () => {
  await server.tollgate.pricing.importBundledPrices()
  await using http = await startProviderServer()
  await using http2 = await startProviderServer({ http2: true })
  await using tollgate = createTollgate(await newServerTenant())
  for (const { operation, answer, call } of METERED_CALLS) {
    http.answer = answer
    http2.answer = answer
    await call(tollgate, { http: http.url, http2: http2.url }, operation)
  }
  await tollgate.flush()
  const { breakdown = [] } = await tollgate.usage({ range: thisHour(), breakdown: { by: ['OPERATION'], first: 100 } })
  const costs = breakdown.map(({ key, measures }) => [key[0]?.value, { calls: measures.calls, successes: measures.successes, cost: measures.cost }])
  expect(Object.fromEntries(costs)).toEqual(Object.fromEntries(METERED_CALLS.map(({ operation, cost }) => [operation, { calls: 1, successes: 1, cost }])))
})
