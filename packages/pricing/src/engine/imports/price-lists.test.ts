import { readFileSync } from 'node:fs'
import { Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { UnreadablePriceList } from '../../model/errors.ts'
import { priceFromDraft } from '../../model/drafts/price-from-draft.ts'
import { unitKey } from '../../model/unit-price.ts'
import { readLiteLlmPrices } from './litellm-prices.ts'
import { readModelsDevPrices } from './models-dev-prices.ts'
import { parseExactJson } from './parse-exact-json.ts'
import type { PriceList } from '../../model/imports/price-list.ts'

const FROM = Temporal.Instant.from('2026-11-20T00:00:00Z')
const fixture = (name: string) => readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url), 'utf8')

/** Formats prices as one line each: "input 3 > 200000: 6, output 15". */
function shown({ entries }: PriceList): Record<string, string> {
  return Object.fromEntries(
    entries.map(({ name, draft }) => {
      const { provider, model, serviceTier, speed, region, perMillionTokens, perRequest, units = [] } = priceFromDraft(draft, { id: '', publishedAt: FROM })
      const rates = Object.entries(perMillionTokens).map(([pool, { base, steps }]) =>
        [`${pool} ${base.toFixed()}`, ...steps.map(({ above, rate }) => `> ${above}: ${rate.toFixed()}`)].join(' '),
      )
      if (perRequest) rates.push(`request ${perRequest.toFixed()}`)
      rates.push(...units.map(unit => `${unitKey(unit)} ${unit.price.toFixed()}${unit.per === undefined ? '' : `/${unit.per}`}`))
      return [name, `${[provider, model, serviceTier, speed, region].filter(part => part !== undefined).join(' ')}: ${rates.join(', ')}`]
    }),
  )
}

const litellm = (models: unknown) => readLiteLlmPrices(JSON.stringify(models), FROM)
const modelsDev = (models: unknown) => readModelsDevPrices(JSON.stringify({ acme: { models } }), FROM)

describe("LiteLLM's list", () => {
  const list = readLiteLlmPrices(fixture('litellm-prices.json'), FROM)

  it('is read with exact rates, context lengths, service tiers and cache rates', () => {
    expect(shown(list)).toEqual({
      'amazon.nova-2-lite-v1:0': 'aws amazon.nova-2-lite-v1:0: input 0.3, output 2.5, cacheRead 0.075',
      'bedrock/ap-northeast-1/deepseek.v3.2': 'aws ap-northeast-1/deepseek.v3.2: input 0.74, output 2.22',
      'cerebras/gpt-oss-120b': 'cerebras gpt-oss-120b: input 0.35, output 0.75',
      'claude-sonnet-4-5':
        'anthropic claude-sonnet-4-5: input 3 > 200000: 6, output 15 > 200000: 22.5, cacheRead 0.3 > 200000: 0.6, cacheWrite5m 3.75 > 200000: 7.5, cacheWrite1h 6 > 200000: 12, web_search 0.01',
      'dashscope/qwen3-coder-plus':
        'dashscope qwen3-coder-plus: input 1 > 32000: 1.8 > 128000: 3 > 256000: 6, output 5 > 32000: 9 > 128000: 15 > 256000: 60, cacheRead 0.1 > 32000: 0.18 > 128000: 0.3 > 256000: 0.6',
      // As published: these are products of binary fractions.
      'databricks/databricks-claude-3-7-sonnet': 'databricks databricks-claude-3-7-sonnet: input 2.9999900000000002, output 15.000020000000002',
      'gemini/gemini-3.1-pro-preview':
        'google gemini-3.1-pro-preview: input 2 > 200000: 4, output 12 > 200000: 18, cacheRead 0.2 > 200000: 0.4, web_search 0.014',
      'gemini/gemini-3.1-pro-preview (batch)':
        'google gemini-3.1-pro-preview batch: input 1 > 200000: 4, output 6 > 200000: 18, cacheRead 0.2 > 200000: 0.4, web_search 0.014',
      'gemini/gemini-3.1-pro-preview (priority)':
        'google gemini-3.1-pro-preview priority: input 3.6 > 200000: 7.2, output 21.6 > 200000: 32.4, cacheRead 0.36 > 200000: 0.72, web_search 0.014',
      'gemini/gemini-omni-flash-preview': 'google gemini-omni-flash-preview: input 1.5, output 9, reasoning 9, audioInput 1.5, videoOutput 17.5',
      'openrouter/mistralai/devstral-2512': 'openrouter mistralai/devstral-2512: input 0.15, output 0.6',
      'gpt-4o-mini': 'openai gpt-4o-mini: input 0.15, output 0.6, cacheRead 0.075',
      'gpt-4o-mini (batch)': 'openai gpt-4o-mini batch: input 0.075, output 0.3, cacheRead 0.075',
      'gpt-4o-mini (priority)': 'openai gpt-4o-mini priority: input 0.25, output 1, cacheRead 0.125',
      'gpt-audio': 'openai gpt-audio: input 2.5, output 10, audioInput 32, audioOutput 64',
      'mistral/mistral-embed': 'mistral mistral-embed: input 0.1',
      'mistral/mistral-ocr-latest': 'mistral mistral-ocr-latest: page 0.004, page annotated 0.005',
    })
  })
  it('is read with the older key for cache reads', () => {
    const older = { litellm_provider: 'deepseek', input_cost_per_token: 2e-6, input_cost_per_token_cache_hit: 2e-7 }
    const read = litellm({ alone: older, both: { ...older, cache_read_input_token_cost: 3e-7 } })
    expect(shown(read)).toEqual({ alone: 'deepseek alone: input 2, cacheRead 0.2', both: 'deepseek both: input 2, cacheRead 0.3' })
    expect(read.entries.flatMap(({ unsupportedCharges }) => unsupportedCharges)).toEqual([])
  })
  it('has entries without a price per token, which are skipped with the reason', () => {
    expect(list.skipped).toEqual([
      { name: '1024-x-1024/dall-e-2', reason: 'not priced by token, request or unit, but by input_cost_per_pixel' },
      {
        name: 'bedrock/*/1-month-commitment/cohere.command-text-v14',
        reason: 'not priced by token, request or unit, but by input_cost_per_second, output_cost_per_second',
      },
      { name: 'gemini/gemini-exp-1114', reason: 'all rates are 0, which lists also use for unknown prices; if the model is free, publish its price yourself' },
    ])
  })
  it('may have charges that prices do not support, which are reported', () => {
    const { entries } = litellm({
      m: { litellm_provider: 'acme', input_cost_per_token: 1e-6, vector_store_cost_per_gb_per_day: 0.1, input_cost_per_second: 0.02 },
    })
    expect(entries.map(({ unsupportedCharges }) => unsupportedCharges)).toEqual([['vector_store_cost_per_gb_per_day', 'input_cost_per_second']])
    expect(list.entries.flatMap(({ unsupportedCharges }) => unsupportedCharges)).toEqual([])
  })
  const searches = (low: number, medium: number, high: number) => ({
    search_context_cost_per_query: { search_context_size_low: low, search_context_size_medium: medium, search_context_size_high: high },
  })
  it.each([
    { name: 'searches at one price', entry: { litellm_provider: 'anthropic', ...searches(0.01, 0.01, 0.01) }, units: 'anthropic m: web_search 0.01' },
    {
      name: 'searches by context size',
      entry: { litellm_provider: 'openai', ...searches(0.03, 0.035, 0.05) },
      units: 'openai m: web_search low 0.03, web_search medium 0.035, web_search high 0.05',
    },
    {
      name: 'requests by search context size, low by default (Perplexity)',
      entry: { litellm_provider: 'perplexity', ...searches(0.005, 0.008, 0.012) },
      units: 'perplexity m: request 0.005, request low 0.005, request medium 0.008, request high 0.012',
    },
    { name: 'grounded prompts (Gemini 2)', entry: { litellm_provider: 'gemini', ...searches(0.035, 0.035, 0.035) }, units: 'google m: grounded_prompt 0.035' },
    {
      name: 'searches of Gemini 3, which is charged by query',
      entry: { litellm_provider: 'vertex_ai-language-models', web_search_billing_unit: 'per_query', ...searches(0.014, 0.014, 0.014) },
      units: 'google m: web_search 0.014',
    },
    {
      name: 'seconds of a transcription',
      entry: { litellm_provider: 'openai', mode: 'audio_transcription', input_cost_per_second: 0.0001, output_cost_per_second: 0.0001 },
      units: 'openai m: audio_second 0.0001',
    },
    {
      name: 'characters to speak',
      entry: { litellm_provider: 'openai', mode: 'audio_speech', input_cost_per_character: 1.5e-5 },
      units: 'openai m: character 0.000015',
    },
    { name: 'images', entry: { litellm_provider: 'x-ai', mode: 'image_generation', output_cost_per_image: 0.07 }, units: 'x-ai m: image 0.07' },
    { name: 'rerank searches', entry: { litellm_provider: 'cohere', mode: 'rerank', input_cost_per_query: 0.002 }, units: 'cohere m: rerank_search 0.002' },
    {
      name: 'file searches and sessions',
      entry: { litellm_provider: 'azure', file_search_cost_per_1k_calls: 2.5, code_interpreter_cost_per_session: 0.03 },
      units: 'azure m: file_search 2.5/1000, session 0.03',
    },
  ])('may have prices of $name', ({ entry, units }) => {
    const read = litellm({ m: entry })
    expect(shown(read)).toEqual({ m: units })
    expect(read.entries[0]?.unsupportedCharges).toEqual([])
  })
  it.each([
    {
      name: 'a tier whose suffix precedes the context length',
      entry: {
        input_cost_per_token: 1e-6,
        input_cost_per_token_flex: 5e-7,
        input_cost_per_token_flex_above_272k_tokens: 8e-7,
        input_cost_per_token_above_272k_tokens: 2e-6,
      },
      prices: { m: 'acme m: input 1 > 272000: 2', 'm (flex)': 'acme m flex: input 0.5 > 272000: 0.8' },
    },
    {
      name: 'a tier without a rate for a context length, which uses the standard one',
      entry: { input_cost_per_token: 1e-6, input_cost_per_token_above_200k_tokens: 2e-6, input_cost_per_token_priority: 3e-6 },
      prices: { m: 'acme m: input 1 > 200000: 2', 'm (priority)': 'acme m priority: input 3 > 200000: 2' },
    },
    {
      name: 'ranges of context lengths',
      entry: {
        tiered_pricing: [
          { range: [0, 32_000], input_cost_per_token: 1e-6, output_cost_per_token: 2e-6 },
          { range: [32_000, 128_000], input_cost_per_token: 3e-6, output_cost_per_token: 4e-6 },
        ],
      },
      prices: { m: 'acme m: input 1 > 32000: 3, output 2 > 32000: 4' },
    },
    { name: 'a charge per request', entry: { input_cost_per_request: 0.005 }, prices: { m: 'acme m: request 0.005' } },
    {
      name: 'a rate for long contexts without a base rate, which is ignored',
      entry: { input_cost_per_token: 1e-6, cache_read_input_token_cost_above_200k_tokens: 1e-7 },
      prices: { m: 'acme m: input 1' },
    },
  ])('may have $name', ({ entry, prices }) => {
    expect(shown(litellm({ m: { litellm_provider: 'acme', ...entry } }))).toEqual(prices)
  })
  it.each([
    { entry: { litellm_provider: 'acme', input_cost_per_token: 0, output_cost_per_token: 0.0 }, reason: /all rates are 0/ },
    { entry: { litellm_provider: 'acme', mode: 'chat' }, reason: /has no price/ },
    { entry: { input_cost_per_token: 1e-6 }, reason: /has no litellm_provider/ },
    { entry: 5, reason: /has no litellm_provider/ },
    { entry: { litellm_provider: 'acme', input_cost_per_token: '1e-6' }, reason: /^not a number: input_cost_per_token/ },
    { entry: { litellm_provider: 'acme', input_cost_per_token: true, output_cost_per_token: 1e-6 }, reason: /^not a number: input_cost_per_token$/ },
  ])('skips $entry', ({ entry, reason }) => {
    const { entries, skipped } = litellm({ m: entry })
    expect(entries).toEqual([])
    expect(skipped).toEqual([{ name: 'm', reason: expect.stringMatching(reason) }])
  })
  it('may have multipliers for regions and speeds, which stack, as do those of Anthropic', () => {
    const entry = { litellm_provider: 'acme', input_cost_per_token: 1e-6, input_cost_per_token_above_200k_tokens: 2e-6 }
    expect(shown(litellm({ m: { ...entry, provider_specific_entry: { us: 1.1, fast: 6 } } }))).toEqual({
      m: 'acme m: input 1 > 200000: 2',
      'm (us)': 'acme m us: input 1.1 > 200000: 2.2',
      'm (fast)': 'acme m fast: input 6 > 200000: 12',
      'm (us, fast)': 'acme m fast us: input 6.6 > 200000: 13.2',
    })
  })
  it('may have unknown multipliers, which are reported as unsupported', () => {
    const entry = (multipliers: unknown) => ({ litellm_provider: 'acme', input_cost_per_token: 1e-6, provider_specific_entry: multipliers })
    const { entries } = litellm({ one: entry({ us: 1.1, turbo: 6 }), other: entry({ note: 'x' }), none: entry(null) })
    expect(entries.map(({ name, unsupportedCharges }) => [name, unsupportedCharges])).toEqual([
      ['one', ['provider_specific_entry']],
      ['other', []],
      ['none', []],
    ])
  })
  it.each([
    ['vertex_ai-language-models', 'google'],
    ['bedrock_converse', 'aws'],
    ['text-completion-openai', 'openai'],
    ['fireworks_ai-embedding-models', 'fireworks'],
    ['xai', 'x-ai'],
    ['unknown-ai', 'unknown-ai'],
  ])('names the provider %s, which is %s', (litellm_provider, provider) => {
    expect(litellm({ m: { litellm_provider, input_cost_per_token: 1e-6 } }).entries[0]?.draft.provider).toBe(provider)
  })
})

describe("models.dev's list", () => {
  it('is read with exact rates, context lengths, service tiers and cache rates', () => {
    expect(shown(readModelsDevPrices(fixture('models-dev-prices.json'), FROM))).toEqual({
      'anthropic/claude-sonnet-4-5': 'anthropic claude-sonnet-4-5: input 3, output 15, cacheRead 0.3, cacheWrite5m 3.75',
      'google/gemini-2.5-pro': 'google gemini-2.5-pro: input 1.25 > 200000: 2.5, output 10 > 200000: 15, cacheRead 0.125 > 200000: 0.25',
      'openai/gpt-5.4': 'openai gpt-5.4: input 2.5 > 272000: 5, output 15 > 272000: 22.5, cacheRead 0.25 > 272000: 0.5',
      'openai/gpt-5.4 (priority)': 'openai gpt-5.4 priority: input 5, output 30, cacheRead 0.5',
      'openai/gpt-5-mini': 'openai gpt-5-mini: input 0.25, output 2, cacheRead 0.025',
    })
  })
  it('may have a context length under its older key', () => {
    expect(shown(modelsDev({ m: { cost: { input: 1, context_over_200k: { input: 2 } } } }))).toEqual({ 'acme/m': 'acme m: input 1 > 200000: 2' })
  })
  it('may have modes that are requested by a speed', () => {
    const modes = { fast: { cost: { input: 6 }, provider: { body: { speed: 'fast' } } } }
    expect(shown(modelsDev({ m: { cost: { input: 1 }, experimental: { modes } } }))).toEqual({
      'acme/m': 'acme m: input 1',
      'acme/m (fast)': 'acme m fast: input 6',
    })
  })
  it('reports modes without a service tier or speed, and tiers that are not by context length, as unsupported', () => {
    const { entries } = modelsDev({
      m: {
        cost: { input: 1, tiers: [{ input: 2, tier: { type: 'time', size: 5 } }] },
        experimental: { modes: { fast: { cost: { input: 6 }, provider: { headers: { beta: 'fast' } } } } },
      },
    })
    expect(entries.map(({ unsupportedCharges }) => unsupportedCharges)).toEqual([['cost.tiers', 'experimental.modes.fast']])
  })
  it.each([
    { entry: {}, reason: /has no cost/ },
    { entry: { cost: { input: 0, output: 0 } }, reason: /all rates are 0/ },
  ])('skips $entry', ({ entry, reason }) => {
    expect(modelsDev({ m: entry })).toMatchObject({ entries: [], skipped: [{ name: 'acme/m', reason: expect.stringMatching(reason) }] })
  })
})

describe('parseExactJson', () => {
  it.each([
    ['2.5e-07', '0.00000025'],
    ['0.1', '0.1'],
    ['1E3', '1000'],
    ['5.46875e-07', '0.000000546875'],
    ['0.30000000000000004', '0.30000000000000004'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
  ])('reads %s as exactly %s', (numeral, decimal) => {
    expect(String(parseExactJson(numeral))).toBe(decimal)
  })
})

describe('an unreadable list', () => {
  it.each([
    { data: '{', says: /not valid JSON/ },
    { data: '[]', says: /not an object/ },
    { data: '5', says: /not an object/ },
    { data: `{"a": ${'1'.repeat(41)}}`, says: /a number has 41 characters/ },
    { data: '['.repeat(100_000), says: /not valid JSON/ },
  ])('of $data.length characters is rejected', ({ data, says }) => {
    expect(() => readLiteLlmPrices(data, FROM)).toThrow(UnreadablePriceList)
    expect(() => readLiteLlmPrices(data, FROM)).toThrow(says)
    expect(() => readModelsDevPrices(data, FROM)).toThrow(says)
  })
  it('may have models with the names of object properties', () => {
    expect(
      litellm(JSON.parse('{"__proto__": {"litellm_provider": "acme"}, "constructor": {"litellm_provider": "acme", "input_cost_per_token": 1}}')).entries,
    ).toHaveLength(1)
  })
})
