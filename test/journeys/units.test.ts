import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Api } from '../kit/api.ts'
import { type LocalServer, startLocalServer } from '../kit/local-server.ts'

let database: TestDatabase
let server: LocalServer
let secret: string
let tenant: Api

beforeAll(async () => {
  database = await createTestDatabase()
  server = await startLocalServer({ DATABASE_URL: database.url })
  await server.api.ask('mutation { createTenant(input: { id: "acme", name: "Acme" }) { __typename } }')
  const { createApiKey } = await server.api.ask('mutation { createApiKey(input: { tenantId: "acme", name: "k" }) { ... on CreateApiKeyPayload { secret } } }')
  secret = createApiKey.secret
  tenant = server.api.as(secret)
})
afterAll(async () => {
  await server?.stop()
  await database?.drop()
})

const RANGE = '{ from: "2026-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z" }'

/** Runs the example of the guide, from the folder of the server, which has the packages that it imports. */
async function runExample(response: object): Promise<string> {
  const guide = await readFile(new URL('../../docs/guides/metering.md', import.meta.url), 'utf8')
  const example = /```js\n(import \{ extractTokenUsage.*?)```/s.exec(guide)?.[1] ?? ''
  const given = `const [response, url, key] = ${JSON.stringify([response, server.url, secret])}\n`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=source', '--input-type=module', '--eval', `${example.replace(/\n\n/, `\n${given}`)}\nconsole.log(await sent.text())`],
    { cwd: new URL('../../apps/server', import.meta.url) },
  )
  return stdout.trim()
}

it('a user sends what a provider answered, as the guide says, and reads the cost, the units and why calls are unpriced', async () => {
  const message = { type: 'message', role: 'assistant', content: [] }
  const answered = await runExample({
    ...message,
    id: 'msg_1',
    model: 'claude-sonnet-4-5-20250929',
    usage: { input_tokens: 2679, output_tokens: 447, server_tool_use: { web_search_requests: 3 }, service_tier: 'standard' },
  })
  expect(JSON.parse(answered)).toEqual({ data: { trackUsage: { results: [{ outcome: 'ACCEPTED', reason: null }] } } })
  await runExample({
    ...message,
    id: 'msg_2',
    model: 'claude-sonnet-4-5-20250929',
    usage: { input_tokens: 1000, output_tokens: 200, service_tier: 'batch' },
  })

  const { trackUsage } = await tenant.ask(`mutation { trackUsage(input: { events: [
    { operation: "image", provider: "openai", model: "gpt-image-1", tokens: { input: 50, imageOutput: 1056 } }
    { operation: "transcription", provider: "openai", model: "whisper-1", units: { kind: "audio_second", quantity: "60" } }
    { operation: "dreaming", provider: "openai", model: "gpt-5-mini", tokens: { input: 10 }, units: [{ kind: "dream", quantity: 1.5, variant: "vivid" }] }
    { operation: "dreaming", provider: "somebody", model: "own", units: [{ kind: "dream", quantity: 1 }], reportedCost: 0.25 }
    { operation: "dreaming", latencyMs: "12" }
  ] }) { ... on TrackUsagePayload { results { outcome reason event { pricingState cost unpricedReason units { kind variant quantity } } } } } }`)
  expect(trackUsage.results).toEqual([
    { outcome: 'ACCEPTED', reason: null, event: { pricingState: 'PRICED', cost: '0.04249', unpricedReason: null, units: [] } },
    {
      outcome: 'ACCEPTED',
      reason: null,
      event: { pricingState: 'PRICED', cost: '0.006', unpricedReason: null, units: [{ kind: 'audio_second', variant: null, quantity: '60' }] },
    },
    {
      outcome: 'ACCEPTED',
      reason: null,
      event: { pricingState: 'UNPRICED', cost: null, unpricedReason: 'NO_PRICE_FOR_UNIT', units: [{ kind: 'dream', variant: 'vivid', quantity: '1.5' }] },
    },
    {
      outcome: 'ACCEPTED',
      reason: null,
      event: { pricingState: 'REPORTED', cost: '0.25', unpricedReason: null, units: [{ kind: 'dream', variant: null, quantity: '1' }] },
    },
    { outcome: 'REJECTED', reason: expect.stringMatching(/^latencyMs: /), event: null },
  ])

  const { usage, unpricedUsage } = await tenant.ask(`{
    usage(range: ${RANGE}) {
      totals { calls cost units { kind variant quantity } unpricedCalls unpricedReasons { reason calls } }
      breakdown(by: [OPERATION], orderBy: COST) { key { value } measures { cost units { kind quantity } } }
    }
    unpricedUsage(range: ${RANGE}) { key { value } measures { unpricedReasons { reason calls } } }
  }`)
  expect(usage.totals).toEqual({
    calls: 6,
    cost: '0.346232', // 0.044742 + 0.003 + 0.04249 + 0.006 + 0.25
    units: [
      { kind: 'audio_second', variant: null, quantity: '60' },
      { kind: 'dream', variant: null, quantity: '1' },
      { kind: 'dream', variant: 'vivid', quantity: '1.5' },
      { kind: 'web_search', variant: null, quantity: '3' },
    ],
    unpricedCalls: 1,
    unpricedReasons: [{ reason: 'NO_PRICE_FOR_UNIT', calls: 1 }],
  })
  expect(usage.breakdown).toEqual([
    {
      key: [{ value: 'dreaming' }],
      measures: {
        cost: '0.25',
        units: [
          { kind: 'dream', quantity: '1' },
          { kind: 'dream', quantity: '1.5' },
        ],
      },
    },
    { key: [{ value: 'chat_message' }], measures: { cost: '0.047742', units: [{ kind: 'web_search', quantity: '3' }] } },
    { key: [{ value: 'image' }], measures: { cost: '0.04249', units: [] } },
    { key: [{ value: 'transcription' }], measures: { cost: '0.006', units: [{ kind: 'audio_second', quantity: '60' }] } },
  ])
  expect(unpricedUsage).toEqual([
    { key: [{ value: 'openai' }, { value: 'gpt-5-mini' }], measures: { unpricedReasons: [{ reason: 'NO_PRICE_FOR_UNIT', calls: 1 }] } },
  ])
})
