import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../../graphql/testing/graphql-test-server.ts'

let server: GraphQLTestServer
beforeAll(async () => {
  server = await startGraphQLTestServer()
})
afterAll(() => server.stop())

const send = (query: string, variables?: Record<string, unknown>) => server.send(server.operatorKey, query, variables)
const list = (models: Record<string, object>) => ({
  format: 'LITELLM',
  from: '2026-11-20T00:00:00Z',
  data: JSON.stringify(Object.fromEntries(Object.entries(models).map(([model, entry]) => [model, { litellm_provider: 'acme-ai', ...entry }]))),
})

const PLAN = `query ($input: PriceListInput!) { planPriceImport(input: $input) {
  digest addedCount changedCount unchangedCount skippedCount
  added { name provider model serviceTier from to perMillionTokens { input output } contextSteps { above perMillionTokens { input } } unsupportedCharges }
  changed { price { model } replaces { source perMillionTokens { input } } differences { rate above before after } }
  skipped { name reason }
} }`
const APPLY = `mutation ($input: ApplyPriceImportInput!) { applyPriceImport(input: $input) {
  ... on ApplyPriceImportPayload { publishedCount prices { model serviceTier effective { from to } } }
  ... on Error { code message }
} }`

describe('a price import', () => {
  const one = list({
    big: {
      input_cost_per_token: 2.5e-7,
      output_cost_per_token: 1e-6,
      input_cost_per_token_above_200k_tokens: 5e-7,
      input_cost_per_token_batches: 1.25e-7,
      search_context_cost_per_query: { low: 1 },
    },
    picture: { output_cost_per_image: 1 },
  })

  it('is planned, and applied by the digest of its plan', async () => {
    const planned = (await send(PLAN, { input: one })).data.planPriceImport
    expect(planned).toMatchObject({ addedCount: 2, changedCount: 0, unchangedCount: 0, skippedCount: 1 })
    expect(planned.added[0]).toEqual({
      name: 'big',
      provider: 'acme-ai',
      model: 'big',
      serviceTier: 'STANDARD',
      from: '2026-11-20T00:00:00Z',
      to: null,
      perMillionTokens: { input: '0.25', output: '1' },
      contextSteps: [{ above: 200_000, perMillionTokens: { input: '0.5' } }],
      unsupportedCharges: ['search_context_cost_per_query'],
    })
    expect(planned.added[1]).toMatchObject({ name: 'big (batch)', serviceTier: 'BATCH', perMillionTokens: { input: '0.125' } })
    expect(planned.skipped).toEqual([{ name: 'picture', reason: 'not priced by token, request or unit, but by output_cost_per_image' }])

    expect((await send(`{ prices(provider: "acme-ai") { nodes { id } } }`)).data.prices.nodes).toEqual([])
    const applied = await send(APPLY, { input: { planDigest: planned.digest, list: one } })
    expect(applied.data.applyPriceImport).toEqual({
      publishedCount: 2,
      prices: [
        { model: 'big', serviceTier: 'STANDARD', effective: [{ from: '2026-11-20T00:00:00Z', to: null }] },
        { model: 'big', serviceTier: 'BATCH', effective: [{ from: '2026-11-20T00:00:00Z', to: null }] },
      ],
    })
  })

  it('shows what changes, and is rejected if prices changed since the plan', async () => {
    const raised = list({ big: { input_cost_per_token: 3e-7, output_cost_per_token: 1e-6, input_cost_per_token_above_200k_tokens: 5e-7 } })
    const planned = (await send(PLAN, { input: raised })).data.planPriceImport
    expect(planned.changed).toEqual([
      {
        price: { model: 'big' },
        replaces: { source: 'CUSTOM', perMillionTokens: { input: '0.25' } },
        differences: [{ rate: 'input', above: null, before: '0.25', after: '0.3' }],
      },
    ])
    await send(
      `mutation { publishPrice(input: { provider: "acme-ai", model: "big", from: "2026-11-01T00:00:00Z", perMillionTokens: { input: 1 } }) { ... on PublishPricePayload { price { id } } } }`,
    )
    const applied = await send(APPLY, { input: { planDigest: planned.digest, list: raised } })
    expect(applied.data.applyPriceImport).toMatchObject({ code: 'PRICE_IMPORT_OUTDATED' })
  })

  it('is rejected with the reason if the list cannot be read', async () => {
    const broken = { format: 'MODELS_DEV', from: '2026-11-20T00:00:00Z', data: '{' }
    expect((await send(PLAN, { input: broken })).errors[0]?.extensions.code).toBe('UNREADABLE_PRICE_LIST')
    const applied = await send(APPLY, { input: { planDigest: 'x', list: broken } })
    expect(applied.data.applyPriceImport).toMatchObject({ code: 'UNREADABLE_PRICE_LIST', message: expect.stringContaining('not valid JSON') })
  })
})

describe('publishPrice', () => {
  it('publishes a price with a service tier, context steps and cache multipliers', async () => {
    const { data } = await send(`mutation { publishPrice(input: {
      provider: "acme-ai", model: "stepped", from: "2026-01-01T00:00:00Z", serviceTier: PRIORITY
      perMillionTokens: { input: "3", output: "15" }
      contextSteps: [{ above: 200000, perMillionTokens: { input: "6" } }]
      cacheMultipliers: { cacheRead: "0.1" }
    }) { ... on PublishPricePayload { price { serviceTier perMillionTokens { cacheRead } contextSteps { above perMillionTokens { input cacheRead output } } } } ... on Error { message } } }`)
    expect(data.publishPrice.price).toEqual({
      serviceTier: 'PRIORITY',
      perMillionTokens: { cacheRead: '0.3' },
      contextSteps: [{ above: 200_000, perMillionTokens: { input: '6', cacheRead: '0.6', output: null } }],
    })
  })
  it('publishes a price for a speed, region and time of day, with rates for rare pools and prices of units', async () => {
    const { data } = await send(`mutation { publishPrice(input: {
      provider: "acme-ai", model: "everything", from: "2026-01-01T00:00:00Z", speed: "FAST", region: "us-gov-*"
      timeOfDay: { from: "16:30", to: "24:00", weekdays: [5, 1] }
      perMillionTokens: { input: "1", cacheReadAudio: "0.3", videoInput: "2", cacheWrite30m: "1.25" }
      contextSteps: [{ above: 1000, perMillionTokens: { videoInput: "4" } }], marginalSteps: true
      units: [{ kind: "web_search", price: "10", per: 1000 }, { kind: "image", variant: "high-1024x1024", price: "0.167" }]
    }) { ... on PublishPricePayload { price {
      speed region timeOfDay { from to weekdays } perMillionTokens { input cacheReadAudio videoInput cacheWrite30m videoOutput } marginalSteps
      contextSteps { above perMillionTokens { input videoInput } } units { kind variant price per }
    } } ... on Error { message } } }`)
    expect(data.publishPrice.price).toEqual({
      speed: 'fast',
      region: 'us-gov-*',
      timeOfDay: { from: '16:30:00', to: '24:00:00', weekdays: [1, 5] },
      perMillionTokens: { input: '1', cacheReadAudio: '0.3', videoInput: '2', cacheWrite30m: '1.25', videoOutput: null },
      marginalSteps: true,
      contextSteps: [{ above: 1000, perMillionTokens: { input: null, videoInput: '4' } }],
      units: [
        { kind: 'web_search', variant: null, price: '10', per: 1000 },
        { kind: 'image', variant: 'high-1024x1024', price: '0.167', per: 1 },
      ],
    })
  })
  it('publishes a price of units only, and a price without conditions has none', async () => {
    const { data } = await send(`mutation { publishPrice(input: {
      provider: "acme-ai", model: "whisper", from: "2026-01-01T00:00:00Z", perMillionTokens: {}, units: [{ kind: "audio_second", price: "0.36", per: 3600 }]
    }) { ... on PublishPricePayload { price { speed region timeOfDay { from } marginalSteps units { price per } } } ... on Error { message } } }`)
    expect(data.publishPrice.price).toEqual({ speed: null, region: null, timeOfDay: null, marginalSteps: false, units: [{ price: '0.36', per: 3600 }] })
  })
  it('names the path of an invalid unit price or condition', async () => {
    const { data } = await send(`mutation { publishPrice(input: {
      provider: "acme-ai", model: "wrong", from: "2026-01-01T00:00:00Z", perMillionTokens: {}, region: "us-*-1", timeOfDay: { from: "9:00", to: "12:00" }
      units: [{ kind: "web search", price: "-1" }, { kind: "image", price: 1, per: 0 }, { kind: "image", price: 2 }]
    }) { ... on InvalidInputError { issues { path } } } }`)
    expect(data.publishPrice.issues.map(({ path }: { path: string }) => path)).toEqual([
      'region',
      'timeOfDay.from',
      'units[0].kind',
      'units[0].price',
      'units[1].per',
      'units[2]',
    ])
  })
  it('names the path of an invalid context step', async () => {
    const { data } = await send(`mutation { publishPrice(input: {
      provider: "acme-ai", model: "wrong", from: "2026-01-01T00:00:00Z", perMillionTokens: { input: 1 }, contextSteps: [{ above: 5, perMillionTokens: { output: 1 } }]
    }) { ... on InvalidInputError { issues { path } } } }`)
    expect(data.publishPrice.issues).toEqual([{ path: 'contextSteps[0].perMillionTokens.output' }])
  })
})

describe('priceCatalogStatus', () => {
  const STATUS = `query ($days: Int!) { priceCatalogStatus(olderThanDays: $days, usedWithinDays: 30) {
    bundledVersion bundledActive bundledImportedAt bundledPrices publishedPrices newestPublishedAt
    pricesToReview { provider model calls unpricedCalls ageDays price { model } }
  } }`

  it('names models in use without a price or with an old one', async () => {
    await server.tollgate.pricing.importBundledPrices()
    await send(
      `mutation { publishPrice(input: { provider: "acme-ai", model: "aged", from: "2026-01-01T00:00:00Z", perMillionTokens: { input: 1 } }) { ... on PublishPricePayload { price { id } } } }`,
    )
    server.clock.advance({ hours: 24 * 10 })
    const events = ['aged', 'aged', 'aged', 'unheard-of', 'unheard-of'].map(
      model => `{ operation: "chat", provider: "acme-ai", model: "${model}", tokens: { input: 1 } }`,
    )
    await send(`mutation { trackUsage(input: { tenantId: "acme", events: [${events.join(' ')}] }) { ... on TrackUsagePayload { results { outcome } } } }`)
    const { data } = await send(STATUS, { days: 9 })
    expect(data.priceCatalogStatus).toMatchObject({
      bundledActive: true,
      bundledImportedAt: '2026-11-20T12:00:00Z',
      newestPublishedAt: '2026-11-20T12:00:00Z',
    })
    expect(data.priceCatalogStatus.bundledPrices).toBeGreaterThan(1_000)
    expect(data.priceCatalogStatus.pricesToReview).toEqual([
      { provider: 'acme-ai', model: 'aged', calls: 3, unpricedCalls: 0, ageDays: 10, price: { model: 'aged' } },
      { provider: 'acme-ai', model: 'unheard-of', calls: 2, unpricedCalls: 2, ageDays: null, price: null },
    ])
    expect((await send(STATUS, { days: 10 })).data.priceCatalogStatus.pricesToReview.map(({ model }: { model: string }) => model)).toEqual(['unheard-of'])
  })
  it('rejects a number of days out of range', async () => {
    expect((await send(STATUS, { days: -1 })).errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'olderThanDays' }] })
  })
})
