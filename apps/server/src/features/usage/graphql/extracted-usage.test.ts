import { Temporal } from '@tollgate/kernel'
import { bundledCatalog, rateUsage } from '@tollgate/pricing'
import { type ExtractedUsage, extractTokenUsage, totalTokens } from '@tollgate/tokens'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../../graphql/testing/graphql-test-server.ts'

let server: GraphQLTestServer
beforeAll(async () => {
  server = await startGraphQLTestServer()
  await server.tollgate.pricing.importBundledPrices()
})
afterAll(() => server.stop())

const AT = '2026-11-10T09:00:00Z'
const TRACK = `mutation ($events: [UsageEventInput!]!) { trackUsage(input: { events: $events }) {
  ... on TrackUsagePayload { results { outcome reason event { id cost pricingState unpricedReason serviceTier speed region tokens { total cacheWrite12h cacheReadAudio videoInput } units { kind variant quantity } } } }
  ... on Error { code message } } }`
const REPORT = `{ usage(range: { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }) {
  totals { calls cost unpricedCalls tokens { total cacheReadAudio videoInput } units { kind variant quantity } unpricedReasons { reason calls } }
  series(granularity: MONTH) { measures { units { kind quantity } unpricedReasons { reason calls } } }
  breakdown(by: [MODEL], orderBy: CALLS) { key { value } measures { units { kind quantity } unpricedReasons { reason calls } } }
} }`

/** Sends events of a new tenant, and returns their results and the report of the month. */
async function track(tenant: string, events: readonly object[]) {
  await server.tollgate.accounts.createTenant({ id: tenant, name: tenant })
  const key = await server.keyOf(tenant)
  const sent = await server.send(key, TRACK, { events: events.map(event => ({ operation: 'call', occurredAt: AT, ...event })) })
  const { data, errors } = await server.send(key, REPORT)
  expect([sent.errors, errors]).toEqual([[], []])
  return { key, results: sent.data.trackUsage.results, report: data.usage }
}

/** A response of a provider, and the cost of the call in USD by hand. */
interface Response {
  readonly provider: string
  /** The model of the request, for responses that name none. */
  readonly model?: string
  readonly response: object
  readonly cost: string
  readonly shows: object
}

const message = (model: string, usage: object) => ({ id: 'msg_1', type: 'message', role: 'assistant', model, content: [], usage })

describe('what extractTokenUsage returns can be sent as it is, and costs what rateUsage says:', () => {
  it.each<[string, Response]>([
    [
      'a message with three web searches', // 2,679 × $3 + 447 × $15 per million, and 3 searches at $10 per thousand
      {
        provider: 'anthropic',
        response: message('claude-sonnet-4-5-20250929', {
          input_tokens: 2679,
          output_tokens: 447,
          server_tool_use: { web_search_requests: 3 },
          service_tier: 'standard',
        }),
        cost: '0.044742',
        shows: { serviceTier: 'standard', units: [{ kind: 'web_search', variant: null, quantity: '3' }] },
      },
    ],
    [
      'a message of a batch', // half of 1,000 × $3 + 200 × $15 per million
      {
        provider: 'anthropic',
        response: message('claude-sonnet-4-5-20250929', { input_tokens: 1000, output_tokens: 200, service_tier: 'batch' }),
        cost: '0.003',
        shows: { serviceTier: 'batch', units: [] },
      },
    ],
    [
      'an image', // 50 × $5 + 1,056 image tokens × $40 per million
      {
        provider: 'openai',
        model: 'gpt-image-1',
        response: {
          created: 1,
          data: [{ b64_json: '' }],
          quality: 'medium',
          size: '1024x1024',
          usage: { input_tokens: 50, output_tokens: 1056, total_tokens: 1106, input_tokens_details: { text_tokens: 50, image_tokens: 0 } },
        },
        cost: '0.04249',
        shows: { tokens: { total: 1106 }, units: [] },
      },
    ],
    [
      'a transcription of 61.5 seconds', // at $0.006 per minute
      {
        provider: 'openai',
        model: 'whisper-1',
        response: { task: 'transcribe', duration: 61.5, text: 'Hello', segments: [] },
        cost: '0.00615',
        shows: { tokens: { total: 0 }, units: [{ kind: 'audio_second', variant: null, quantity: '61.5' }] },
      },
    ],
  ])('%s', async (name, { provider, model, response, cost, shows }) => {
    const read = extractTokenUsage({ provider, response })
    const call = { ...read, model: read.model ?? model ?? null }
    const rated = rateUsage({ catalog: bundledCatalog(), provider, ...call, at: AT })
    const { results, report } = await track(name.replaceAll(/[ .]/g, '-'), [{ provider, ...call }])
    expect(results).toMatchObject([{ outcome: 'ACCEPTED', event: { pricingState: 'PRICED', unpricedReason: null, cost, ...shows } }])
    expect(rated.cost?.toFixed()).toBe(cost)
    expect(report.totals).toMatchObject({ calls: 1, cost, unpricedCalls: 0, unpricedReasons: [], tokens: { total: totalTokens(read.tokens) } })
    expect(report.totals.units).toEqual(results[0].event.units)
  })

  it('further attempts of a call are events of their own', async () => {
    const response = message('claude-opus-4-6', {
      input_tokens: 1000,
      output_tokens: 100,
      iterations: [
        { type: 'compaction', input_tokens: 180_000, output_tokens: 3_500 },
        { type: 'message', input_tokens: 1000, output_tokens: 100 },
      ],
    })
    const { attempts = [], ...call }: ExtractedUsage = extractTokenUsage({ provider: 'anthropic', response })
    expect(attempts).toHaveLength(1)
    const rated = rateUsage({ catalog: bundledCatalog(), provider: 'anthropic', ...call, attempts, at: AT })
    const { results, report } = await track(
      'attempts',
      [call, ...attempts].map(usage => ({ provider: 'anthropic', ...usage })),
    )
    expect(results).toMatchObject([{ outcome: 'ACCEPTED' }, { outcome: 'ACCEPTED' }])
    expect(report.totals).toMatchObject({ calls: 2, cost: rated.cost?.toFixed(), unpricedCalls: 0 })
  })
})

describe('units', () => {
  it('of an unknown kind leave an event unpriced, with the reason, and are counted', async () => {
    const call = { provider: 'anthropic', model: 'claude-sonnet-4-5', tokens: { input: 100 } }
    const { results, report } = await track('unknown-units', [
      { ...call, units: [{ kind: 'dream', quantity: '2' }] },
      { ...call, units: [{ kind: 'dream', quantity: 0.5 }] },
      { ...call, model: 'claude-99', units: [{ kind: 'web_search', quantity: 1 }] },
      { ...call, serviceTier: 'overnight' },
      { ...call, speed: 'sluggish', region: 'moon' },
      { provider: 'openai', model: 'gpt-5-mini' },
      call,
    ])
    expect(
      results.map(({ event }: { event: { pricingState: string; unpricedReason: string | null; cost: string | null } }) => [event.unpricedReason, event.cost]),
    ).toEqual([
      ['NO_PRICE_FOR_UNIT', null],
      ['NO_PRICE_FOR_UNIT', null],
      ['UNKNOWN_MODEL', null],
      ['NO_PRICE_AS_SERVED', null],
      ['NO_PRICE_AS_SERVED', null],
      ['NO_USAGE', null],
      [null, '0.0003'],
    ])
    expect(results[4].event).toMatchObject({ speed: 'sluggish', region: 'moon' })
    expect(report.totals).toMatchObject({
      calls: 7,
      cost: '0.0003',
      unpricedCalls: 6,
      units: [
        { kind: 'dream', variant: null, quantity: '2.5' },
        { kind: 'web_search', variant: null, quantity: '1' },
      ],
      unpricedReasons: [
        { reason: 'NO_PRICE_AS_SERVED', calls: 2 },
        { reason: 'NO_PRICE_FOR_UNIT', calls: 2 },
        { reason: 'NO_USAGE', calls: 1 },
        { reason: 'UNKNOWN_MODEL', calls: 1 },
      ],
    })
    expect(report.series).toMatchObject([{ measures: { units: [{ kind: 'dream', quantity: '2.5' }, { kind: 'web_search' }] } }])
    expect(report.breakdown.find(({ key }: { key: { value: string }[] }) => key[0]?.value === 'claude-99').measures).toEqual({
      units: [{ kind: 'web_search', quantity: '1' }],
      unpricedReasons: [{ reason: 'UNKNOWN_MODEL', calls: 1 }],
    })
  })

  it('are no longer unpriced when a price is published and their events are rated again', async () => {
    const call = { provider: 'dreamer', model: 'rem-1', units: [{ kind: 'dream', quantity: 3 }] }
    const { key, results } = await track('priced-later', [call])
    expect(results).toMatchObject([{ event: { unpricedReason: 'UNKNOWN_MODEL' } }])
    const published = await server.send(
      server.operatorKey,
      `mutation { publishPrice(input: { tenantId: "priced-later", provider: "dreamer", model: "rem-1", from: "2026-11-01T00:00:00Z", units: [{ kind: "dream", price: "0.50" }] }) { __typename ... on Error { message } } }`,
    )
    expect([published.errors, published.data?.publishPrice]).toEqual([[], { __typename: 'PublishPricePayload' }])
    const range = { from: Temporal.Instant.from('2026-11-01T00:00:00Z'), to: Temporal.Instant.from('2026-12-01T00:00:00Z') }
    const { done } = await server.tollgate.rerating.start({ selection: { range, tenantId: 'priced-later' }, requestedBy: 'ops', reason: 'no price' })
    await done
    const totals = 'totals { cost unpricedCalls unpricedReasons { reason calls } units { kind quantity } }'
    const month = '{ from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }'
    const { data } = await server.send(
      key,
      `{ usageEvents(range: ${month}) { nodes { cost unpricedReason } } now: usage(range: ${month}) { ${totals} } recorded: usage(range: ${month}, costBasis: RECORDED) { ${totals} } }`,
    )
    const units = [{ kind: 'dream', quantity: '3' }]
    expect(data).toEqual({
      usageEvents: { nodes: [{ cost: '1.5', unpricedReason: null }] },
      now: { totals: { cost: '1.5', unpricedCalls: 0, unpricedReasons: [], units } },
      recorded: { totals: { cost: '0', unpricedCalls: 1, unpricedReasons: [{ reason: 'UNKNOWN_MODEL', calls: 1 }], units } },
    })
  })

  it('keep the cost that the provider reported, if there is no price for them or its prices change by the hour', async () => {
    const { results, report } = await track('reported-units', [
      { provider: 'anthropic', model: 'claude-sonnet-4-5', tokens: { input: 100 }, units: [{ kind: 'dream', quantity: 2 }], reportedCost: '0.25' },
      { provider: 'openrouter', model: 'openai/gpt-5-mini', tokens: { input: 1000 }, units: [{ kind: 'web_search', quantity: 1 }], reportedCost: '0.125' },
      { provider: 'perplexity', model: 'sonar-99', units: [{ kind: 'request', quantity: 1, variant: 'low' }], reportedCost: '0.006' },
    ])
    expect(results.map(({ event }: { event: { pricingState: string; cost: string } }) => [event.pricingState, event.cost])).toEqual([
      ['REPORTED', '0.25'],
      ['REPORTED', '0.125'],
      ['REPORTED', '0.006'],
    ])
    expect(report.totals).toMatchObject({ cost: '0.381', unpricedCalls: 0, unpricedReasons: [] })
    expect(report.totals.units).toEqual([
      { kind: 'dream', variant: null, quantity: '2' },
      { kind: 'request', variant: 'low', quantity: '1' },
      { kind: 'web_search', variant: null, quantity: '1' },
    ])
  })

  it('reject only the event that has invalid ones, and name what is wrong', async () => {
    const { results } = await track('invalid-units', [
      { units: [{ kind: 'image', quantity: '-1' }] },
      { units: [{ kind: 'image', quantity: 'many' }] },
      { units: [{ kind: 'image' }] },
      { units: [{ quantity: 1 }] },
      { units: [{ kind: 'image', quantity: 1, size: 'large' }] },
      { units: 'image' },
      { units: [null] },
      { units: { kind: 'image', quantity: 1 } },
      { units: [{ kind: 'image', quantity: 0 }] },
    ])
    expect(results.map(({ outcome, reason }: { outcome: string; reason: string | null }) => [outcome, reason])).toEqual([
      ['REJECTED', expect.stringContaining('units[0].quantity: must be 0 or more')],
      ['REJECTED', expect.stringContaining('units[0].quantity: must be a decimal')],
      ['REJECTED', expect.stringContaining('units[0].quantity: is missing')],
      ['REJECTED', expect.stringContaining('units[0].kind: is missing')],
      ['REJECTED', expect.stringContaining('units[0].size: is not a field of a unit')],
      ['REJECTED', expect.stringContaining('units[0]: must be an object')],
      ['REJECTED', expect.stringContaining('units[0]: must be an object')],
      ['ACCEPTED', null],
      ['ACCEPTED', null],
    ])
  })

  it('of quantity 0 equal omitted ones', async () => {
    const call = { idempotencyKey: 'no-image' }
    const { results } = await track('zero-units', [{ ...call, units: [{ kind: 'image', quantity: 0 }] }, call])
    expect(results.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['ACCEPTED', 'DUPLICATE'])
  })
})

it.each([
  ['calls cost unpricedCalls tokens { total input } latencyMs { p50 }', false],
  ['units { kind }', true],
  ['unpricedReasons { calls }', true],
  ['tokens { videoInput }', true],
])('reads details only if they are selected: %s', async (selection, reads) => {
  const range = 'range: { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }'
  const measures = `measures { ${selection} }`
  server.statements()
  const { errors } = await server.send(
    server.operatorKey,
    `{ usage(${range}) { totals { ${selection} } series(granularity: MONTH) { ${measures} } breakdown(by: [MODEL]) { ${measures} } } topConsumers(metric: CALLS, ${range}) { ${measures} } }`,
  )
  expect(errors).toEqual([])
  expect(server.statements().some(statement => statement.includes('rollup_details'))).toBe(reads)
})

it('rare token pools are sent, read and summed like the others', async () => {
  const tokens = { input: 10, cacheReadAudio: 20, videoInput: 30, cacheWrite12h: 40 }
  const { results, report } = await track('rare-pools', [
    { provider: 'google', model: 'gemini-99', tokens },
    { provider: 'google', model: 'gemini-99', tokens: { input: 5, videoInput: 1 } },
  ])
  expect(results).toMatchObject([
    { outcome: 'ACCEPTED', event: { tokens: { total: 100, cacheReadAudio: 20, videoInput: 30, cacheWrite12h: 40 } } },
    { outcome: 'ACCEPTED', event: { tokens: { total: 6, cacheReadAudio: 0, videoInput: 1 } } },
  ])
  expect(report.totals.tokens).toEqual({ total: 106, cacheReadAudio: 20, videoInput: 31 })
})

it('rejects only the event with an invalid rare pool', async () => {
  const { results } = await track('invalid-pools', [{ tokens: { videoInput: -1 } }, { tokens: { videoInput: 1 } }])
  expect(results).toMatchObject([{ outcome: 'REJECTED', reason: expect.stringContaining('tokens.videoInput') }, { outcome: 'ACCEPTED' }])
})

it('explains the cost of units', async () => {
  const { key, results } = await track('explained-units', [
    { provider: 'anthropic', model: 'claude-sonnet-4-5', tokens: { input: 1000 }, units: [{ kind: 'web_search', quantity: 3 }] },
  ])
  const { data, errors } = await server.send(key, `query ($id: ID!) { explainCharge(eventId: $id) { explanation { state cost text } } }`, {
    id: results[0].event.id,
  })
  expect(errors).toEqual([])
  expect(data.explainCharge.explanation).toMatchObject({ cost: '0.033', text: expect.stringContaining('web_search') })
})
