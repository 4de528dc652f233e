import { extractStreamedTokenUsage, extractTokenUsage, type ProviderResponse, readAiSdkUsage, readOpenTelemetryUsage } from '@tollgate/tokens'
import { describe, expect, it } from 'vitest'
import { bundledCatalog } from './engine/catalog/bundled-catalog.ts'
import { rateUsage, type RateUsageInput } from './engine/rate-usage.ts'

// What providers' responses cost, by the two lines of the README. The arithmetic is in USD per million tokens unless it says otherwise.

const AT = '2026-11-20T00:00:00Z'
const HALF_PAST_NOON = '2026-11-20T12:30:00Z'

interface CostCase {
  readonly name: string
  readonly provider: string
  readonly response: unknown
  /** Model of the request, if the response does not name it. */
  readonly model?: string
  readonly apiFlavor?: string
  readonly at?: string
  /** USD, or the code of the reason why the call is unpriced. */
  readonly cost: string
  readonly by: string
}

const outcome = (call: Omit<RateUsageInput, 'catalog'>) => {
  const rated = rateUsage({ catalog: bundledCatalog(), ...call })
  return rated.state === 'unpriced' ? rated.reason : rated.cost.toFixed()
}

function costOf({ provider, response, model, apiFlavor, at = AT }: CostCase): string {
  const call: ProviderResponse = { provider, response, ...(apiFlavor !== undefined && { apiFlavor }) }
  const read = extractTokenUsage(call)
  return outcome({ provider, ...read, model: read.model ?? model ?? null, at })
}

function itCosts(cases: readonly CostCase[]): void {
  it.each(cases)('$name costs $cost: $by', one => {
    expect(costOf(one)).toBe(one.cost)
  })
}

describe('the service tier that a response names', () => {
  const anthropic = (service_tier: string) => ({ model: 'claude-opus-4-6', usage: { input_tokens: 18, output_tokens: 43, service_tier } })
  const openai = (service_tier?: string) => ({
    model: 'gpt-5-nano',
    ...(service_tier !== undefined && { service_tier }),
    usage: { prompt_tokens: 1_000, completion_tokens: 10, total_tokens: 1_010 },
  })
  const gemini = (trafficType: string) => ({
    modelVersion: 'gemini-2.5-flash',
    usageMetadata: { promptTokenCount: 1_000, candidatesTokenCount: 100, totalTokenCount: 1_100, trafficType },
  })
  const nova = (type: string) => ({ usage: { inputTokens: 1_000, outputTokens: 100, totalTokens: 1_100 }, serviceTier: { type } })
  itCosts([
    { name: 'an Anthropic batch', provider: 'anthropic', response: anthropic('batch'), cost: '0.0005825', by: '18 x 2.5 + 43 x 12.5' },
    { name: 'an Anthropic standard call', provider: 'anthropic', response: anthropic('standard'), cost: '0.001165', by: '18 x 5 + 43 x 25' },
    {
      name: 'an Anthropic priority call, which is paid by commitment,',
      provider: 'anthropic',
      response: anthropic('priority'),
      cost: 'no_price_as_served',
      by: 'no price per token',
    },
    { name: 'an OpenAI flex call', provider: 'openai', response: openai('flex'), cost: '0.000027', by: '1,000 x 0.025 + 10 x 0.2' },
    { name: 'an OpenAI default call', provider: 'openai', response: openai('default'), cost: '0.000054', by: '1,000 x 0.05 + 10 x 0.4' },
    { name: 'an OpenAI call that names no tier', provider: 'openai', response: openai(), cost: '0.000054', by: '1,000 x 0.05 + 10 x 0.4' },
    { name: 'an OpenAI call of an unknown tier', provider: 'openai', response: openai('turbo'), cost: 'no_price_as_served', by: 'never the standard price' },
    { name: 'a Gemini call on demand', provider: 'google', response: gemini('ON_DEMAND'), cost: '0.00055', by: '1,000 x 0.3 + 100 x 2.5' },
    {
      name: 'a Gemini call of reserved throughput',
      provider: 'google',
      response: gemini('PROVISIONED_THROUGHPUT'),
      cost: 'no_price_as_served',
      by: 'paid by the hour',
    },
    {
      name: 'a Bedrock call of the default tier',
      provider: 'bedrock',
      model: 'amazon.nova-pro-v1:0',
      response: nova('default'),
      cost: '0.00112',
      by: '1,000 x 0.8 + 100 x 3.2',
    },
    {
      name: 'a Bedrock call of reserved capacity',
      provider: 'bedrock',
      model: 'amazon.nova-pro-v1:0',
      response: nova('reserved'),
      cost: 'no_price_as_served',
      by: 'paid by the hour',
    },
  ])

  it('is read from streams', () => {
    const events = [
      { type: 'message_start', message: { model: 'claude-opus-4-6', usage: { input_tokens: 18, output_tokens: 1, service_tier: 'batch' } } },
      { type: 'message_delta', usage: { output_tokens: 43 } },
    ]
    expect(outcome({ provider: 'anthropic', ...extractStreamedTokenUsage({ provider: 'anthropic', events }), at: AT })).toBe('0.0005825')
    const chunks = [openai('flex')]
    expect(outcome({ provider: 'openai', ...extractStreamedTokenUsage({ provider: 'openai', events: chunks }), at: AT })).toBe('0.000027')
  })

  it('is read from the AI SDK', () => {
    const usage = { inputTokens: 1_000, outputTokens: 10, totalTokens: 1_010 }
    const read = readAiSdkUsage({ usage, provider: 'openai.responses', providerMetadata: { openai: { serviceTier: 'flex' } } })
    expect(outcome({ provider: 'openai', ...read, model: 'gpt-5-nano', at: AT })).toBe('0.000027')
  })
})

describe('the speed and the geography that a response names', () => {
  const claude = (model: string, served: object) => ({ model, usage: { input_tokens: 1_000, output_tokens: 100, ...served } })
  itCosts([
    {
      name: 'a fast call of Opus 4.8',
      provider: 'anthropic',
      response: claude('claude-opus-4-8', { speed: 'fast' }),
      cost: '0.015',
      by: '1,000 x 10 + 100 x 50',
    },
    {
      name: 'a fast call of a model without a price for it',
      provider: 'anthropic',
      response: claude('claude-sonnet-4-5', { speed: 'fast' }),
      cost: 'no_price_as_served',
      by: 'never the usual price',
    },
    {
      name: 'a call of the usual speed',
      provider: 'anthropic',
      response: claude('claude-opus-4-8', { speed: 'standard' }),
      cost: '0.0075',
      by: '1,000 x 5 + 100 x 25',
    },
    {
      name: 'a call in the US only',
      provider: 'anthropic',
      response: claude('claude-opus-4-6', { inference_geo: 'us' }),
      cost: '0.00825',
      by: '(1,000 x 5 + 100 x 25) x 1.1',
    },
    {
      name: 'a batch in the US only',
      provider: 'anthropic',
      response: claude('claude-opus-4-6', { inference_geo: 'us', service_tier: 'batch' }),
      cost: '0.004125',
      by: '(1,000 x 2.5 + 100 x 12.5) x 1.1',
    },
    {
      name: 'a call anywhere',
      provider: 'anthropic',
      response: claude('claude-opus-4-6', { inference_geo: 'global' }),
      cost: '0.0075',
      by: '1,000 x 5 + 100 x 25',
    },
    {
      name: 'a call of an older model, whose geography is not known,',
      provider: 'anthropic',
      response: claude('claude-haiku-4-5', { inference_geo: 'not_available' }),
      cost: '0.0015',
      by: '1,000 x 1 + 100 x 5',
    },
    {
      name: 'a call in another geography',
      provider: 'anthropic',
      response: claude('claude-opus-4-6', { inference_geo: 'mars' }),
      cost: 'no_price_as_served',
      by: 'never the price of another',
    },
  ])
})

describe('cache writes by lifetime', () => {
  const claude = {
    model: 'claude-opus-4-6',
    usage: {
      input_tokens: 14,
      output_tokens: 4,
      cache_creation_input_tokens: 8_851,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 8_851 },
    },
  }
  const gpt = {
    model: 'gpt-5.6-sol',
    usage: { input_tokens: 3_000, output_tokens: 10, total_tokens: 3_010, input_tokens_details: { cached_tokens: 2_000, cache_write_tokens: 400 } },
  }
  itCosts([
    { name: 'an hour on Anthropic', provider: 'anthropic', response: claude, cost: '0.08868', by: '14 x 5 + 4 x 25 + 8,851 x 10' },
    { name: 'an hour on Vertex', provider: 'vertex', response: claude, cost: '0.08868', by: '14 x 5 + 4 x 25 + 8,851 x 10' },
    { name: 'an hour on Azure, at the price of the maker,', provider: 'azure', response: claude, cost: '0.08868', by: '14 x 5 + 4 x 25 + 8,851 x 10' },
    { name: 'an hour on Bedrock, in the region,', provider: 'bedrock', response: claude, cost: '0.097548', by: '(14 x 5 + 4 x 25 + 8,851 x 10) x 1.1' },
    {
      name: 'OpenAI, which charges for writes from GPT-5.6 on,',
      provider: 'openai',
      response: gpt,
      cost: '0.0054',
      by: '600 x 4 + 2,000 x 0.4 + 400 x 5 + 10 x 20',
    },
    {
      name: 'OpenAI, which names 30 minutes,',
      provider: 'openai',
      response: { ...gpt, prompt_cache_options: { ttl: '30m' } },
      cost: '0.0054',
      by: '600 x 4 + 2,000 x 0.4 + 400 x 5 + 10 x 20',
    },
  ])
})

describe('cached tokens under native names', () => {
  const deepseek = { prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100, prompt_cache_hit_tokens: 800, prompt_cache_miss_tokens: 200 }
  itCosts([
    // Since September 2026 this name is charged as deepseek-flash; 00:00 and 12:30 UTC are off-peak, 02:00 UTC on a Friday is peak.
    {
      name: 'DeepSeek off-peak',
      provider: 'deepseek',
      response: { model: 'deepseek-chat', usage: deepseek },
      cost: '0.0000924',
      by: '200 x 0.15 + 800 x 0.003 + 100 x 0.6',
    },
    {
      name: 'DeepSeek at noon',
      provider: 'deepseek',
      response: { model: 'deepseek-chat', usage: deepseek },
      at: HALF_PAST_NOON,
      cost: '0.0000924',
      by: '200 x 0.15 + 800 x 0.003 + 100 x 0.6',
    },
    {
      name: 'DeepSeek at peak',
      provider: 'deepseek',
      response: { model: 'deepseek-chat', usage: deepseek },
      at: '2026-11-20T02:00:00Z',
      cost: '0.0001848',
      by: '200 x 0.3 + 800 x 0.006 + 100 x 1.2',
    },
    {
      name: 'DeepSeek V3.2 in March',
      provider: 'deepseek',
      response: { model: 'deepseek-chat', usage: deepseek },
      at: '2026-03-02T12:00:00Z',
      cost: '0.0001204',
      by: '200 x 0.28 + 800 x 0.028 + 100 x 0.42',
    },
    {
      name: 'the log of Codex',
      provider: 'openai',
      response: { model: 'gpt-5.5', usage: { input_tokens: 117_231, cached_input_tokens: 115_584, output_tokens: 225, total_tokens: 117_456 } },
      cost: '0.072777',
      by: '1,647 x 5 + 115,584 x 0.5 + 225 x 30',
    },
    {
      name: 'Moonshot',
      provider: 'moonshotai',
      response: { model: 'kimi-k2.5', usage: { prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100, cached_tokens: 800 } },
      cost: '0.0005',
      by: '200 x 0.6 + 800 x 0.1 + 100 x 3',
    },
  ])
})

describe('the format of another provider', () => {
  const usage = {
    input_tokens: 1_000,
    output_tokens: 100,
    total_tokens: 1_100,
    input_tokens_details: { cached_tokens: 800 },
    output_tokens_details: { reasoning_tokens: 60 },
  }
  itCosts([
    {
      name: 'OpenAI through Bedrock',
      provider: 'bedrock',
      response: { model: 'openai.gpt-5.6-luna', usage },
      cost: '0.0001936',
      by: '200 x 0.22 + 800 x 0.022 + 100 x 1.32',
    },
    {
      name: 'OpenAI through Azure',
      provider: 'azure',
      response: { model: 'gpt-5-mini-2025-08-07', usage },
      cost: '0.00027',
      by: '200 x 0.25 + 800 x 0.025 + 100 x 2',
    },
    {
      name: 'a model that a provider does not have',
      provider: 'google',
      response: { model: 'openai.gpt-5.6-luna', usage },
      cost: 'unknown_model',
      by: 'never the price of another provider',
    },
  ])
})

describe('audio, images and video', () => {
  const realtime = {
    usage: {
      total_tokens: 1_500,
      input_tokens: 1_000,
      output_tokens: 500,
      input_token_details: { text_tokens: 200, audio_tokens: 800, cached_tokens: 0 },
      output_token_details: { text_tokens: 100, audio_tokens: 400 },
    },
  }
  const cachedAudio = {
    usage: {
      total_tokens: 1_000,
      input_tokens: 1_000,
      output_tokens: 0,
      input_token_details: { text_tokens: 200, audio_tokens: 800, cached_tokens: 600, cached_tokens_details: { text_tokens: 100, audio_tokens: 500 } },
    },
  }
  const image = (model: string) => ({
    model,
    created: 1,
    data: [],
    usage: { total_tokens: 1_079, input_tokens: 23, input_tokens_details: { image_tokens: 0, text_tokens: 23 }, output_tokens: 1_056 },
  })
  const gemini = (model: string) => ({
    modelVersion: model,
    usageMetadata: {
      promptTokenCount: 3_000,
      cachedContentTokenCount: 1_000,
      candidatesTokenCount: 0,
      totalTokenCount: 3_000,
      promptTokensDetails: [
        { modality: 'AUDIO', tokenCount: 2_000 },
        { modality: 'TEXT', tokenCount: 1_000 },
      ],
      cacheTokensDetails: [{ modality: 'AUDIO', tokenCount: 1_000 }],
    },
  })
  itCosts([
    {
      name: 'a turn of a realtime session',
      provider: 'openai',
      model: 'gpt-realtime',
      response: realtime,
      cost: '0.0536',
      by: '200 x 4 + 800 x 32 + 100 x 16 + 400 x 64',
    },
    { name: 'a turn on Azure', provider: 'azure', model: 'gpt-realtime', response: realtime, cost: '0.0536', by: '200 x 4 + 800 x 32 + 100 x 16 + 400 x 64' },
    {
      name: 'a turn with cached audio',
      provider: 'openai',
      model: 'gpt-realtime',
      response: cachedAudio,
      cost: '0.01024',
      by: '100 x 4 + 300 x 32 + 600 x 0.4',
    },
    {
      name: 'a transcription in tokens',
      provider: 'openai',
      model: 'gpt-4o-transcribe',
      response: {
        text: 'x',
        usage: { type: 'tokens', input_tokens: 150, input_token_details: { text_tokens: 50, audio_tokens: 100 }, output_tokens: 30, total_tokens: 180 },
      },
      cost: '0.001025',
      by: '50 x 2.5 + 100 x 6 + 30 x 10',
    },
    {
      name: 'a transcription in seconds',
      provider: 'openai',
      model: 'whisper-1',
      response: { text: 'x', usage: { type: 'duration', seconds: 60 } },
      cost: '0.006',
      by: '60 seconds at $0.36 an hour',
    },
    { name: 'an image of GPT Image 1.5', provider: 'openai', response: image('gpt-image-1.5'), cost: '0.033907', by: '23 x 5 + 1,056 x 32' },
    { name: 'an image of GPT Image 1', provider: 'openai', response: image('gpt-image-1'), cost: '0.042355', by: '23 x 5 + 1,056 x 40' },
    { name: 'an image of GPT Image 1 mini', provider: 'openai', response: image('gpt-image-1-mini'), cost: '0.008494', by: '23 x 2 + 1,056 x 8' },
    {
      name: 'cached audio of Gemini Flash',
      provider: 'google',
      response: gemini('gemini-2.5-flash'),
      cost: '0.0014',
      by: '1,000 x 1 + 1,000 x 0.1 + 1,000 x 0.3',
    },
    {
      name: 'cached audio of Gemini Pro',
      provider: 'google',
      response: gemini('gemini-2.5-pro'),
      cost: '0.002625',
      by: '1,000 x 1.25 + 1,000 x 0.125 + 1,000 x 1.25',
    },
  ])
})

describe('what providers bill besides tokens', () => {
  const sonar = (model: string, search_context_size?: string) => ({
    model,
    usage: { prompt_tokens: 100, completion_tokens: 100, total_tokens: 200, ...(search_context_size !== undefined && { search_context_size }) },
  })
  itCosts([
    { name: 'Sonar with a small context', provider: 'perplexity', response: sonar('sonar', 'low'), cost: '0.0052', by: '200 x 1, and $5 per 1,000 requests' },
    { name: 'Sonar that names no context', provider: 'perplexity', response: sonar('sonar'), cost: '0.0052', by: 'the smallest is the default' },
    {
      name: 'Sonar with a medium context',
      provider: 'perplexity',
      response: sonar('sonar', 'medium'),
      cost: '0.0082',
      by: '200 x 1, and $8 per 1,000 requests',
    },
    { name: 'Sonar with a large context', provider: 'perplexity', response: sonar('sonar', 'high'), cost: '0.0122', by: '200 x 1, and $12 per 1,000 requests' },
    {
      name: 'Sonar Pro with a small context',
      provider: 'perplexity',
      response: sonar('sonar-pro', 'low'),
      cost: '0.0078',
      by: '100 x 3 + 100 x 15, and $6 per 1,000 requests',
    },
    {
      name: 'Sonar with an unknown context',
      provider: 'perplexity',
      response: sonar('sonar', 'huge'),
      cost: 'no_price_for_unit',
      by: 'never the price of another',
    },
    {
      name: 'deep research',
      provider: 'perplexity',
      response: {
        model: 'sonar-deep-research',
        usage: { prompt_tokens: 108, completion_tokens: 3_256, total_tokens: 3_364, citation_tokens: 7_299, num_search_queries: 74, reasoning_tokens: 73_248 },
      },
      cost: '0.630606',
      by: '108 x 2 + 3,256 x 8 + 7,299 x 2 + 73,248 x 3, and 74 searches at $5 per 1,000',
    },
    {
      name: 'Claude that searches',
      provider: 'anthropic',
      response: { model: 'claude-sonnet-4-5', usage: { input_tokens: 100, output_tokens: 10, server_tool_use: { web_search_requests: 3 } } },
      cost: '0.03045',
      by: '100 x 3 + 10 x 15, and $10 per 1,000 searches',
    },
    {
      name: 'GPT-5 that searches the web and files',
      provider: 'openai',
      response: {
        model: 'gpt-5',
        output: [
          { type: 'web_search_call', action: { type: 'search' } },
          { type: 'web_search_call', action: { type: 'open_page' } },
          { type: 'file_search_call' },
        ],
        usage: { input_tokens: 100, output_tokens: 10, total_tokens: 110 },
      },
      cost: '0.012725',
      by: '100 x 1.25 + 10 x 10, one search at $10 and one file search at $2.50 per 1,000',
    },
    {
      name: 'GPT-5 that runs code',
      provider: 'openai',
      response: {
        model: 'gpt-5',
        output: [
          { type: 'code_interpreter_call', container_id: 'cntr_1' },
          { type: 'code_interpreter_call', container_id: 'cntr_1' },
        ],
        usage: { input_tokens: 100, output_tokens: 10, total_tokens: 110 },
      },
      cost: '0.030225',
      by: '100 x 1.25 + 10 x 10, and a container at $0.03',
    },
    {
      name: 'GPT-5 that runs code with more memory, for which no price is known,',
      provider: 'openai',
      response: {
        model: 'gpt-5',
        tools: [{ type: 'code_interpreter', container: { type: 'auto', memory_limit: '64g' } }],
        output: [{ type: 'code_interpreter_call', container_id: 'cntr_1' }],
        usage: { input_tokens: 100, output_tokens: 10, total_tokens: 110 },
      },
      cost: 'no_price_for_unit',
      by: 'never the price of less memory',
    },
    {
      name: 'Gemini 2.5 that is grounded by several searches',
      provider: 'google',
      response: {
        modelVersion: 'gemini-2.5-flash',
        candidates: [{ groundingMetadata: { webSearchQueries: ['a', 'b'], groundingChunks: [{ web: { uri: 'https://example.org' } }] } }],
        usageMetadata: { promptTokenCount: 100, candidatesTokenCount: 10, totalTokenCount: 110 },
      },
      cost: '0.035055',
      by: '100 x 0.3 + 10 x 2.5, and $35 per 1,000 grounded prompts',
    },
    {
      name: 'Gemini 3 that is grounded by two searches',
      provider: 'google',
      response: {
        modelVersion: 'gemini-3-flash-preview',
        candidates: [{ groundingMetadata: { webSearchQueries: ['a', 'b'], groundingChunks: [{ web: { uri: 'https://example.org' } }] } }],
        usageMetadata: { promptTokenCount: 100, candidatesTokenCount: 10, totalTokenCount: 110 },
      },
      cost: '0.02808',
      by: '100 x 0.5 + 10 x 3, and $14 per 1,000 searches',
    },
    {
      name: 'a minute of Whisper on Groq',
      provider: 'groq',
      model: 'whisper-large-v3',
      response: { text: 'x', duration: 60, x_groq: { id: 'req_1' } },
      cost: '0.00185',
      by: '60 seconds at $0.111 an hour',
    },
    {
      name: 'OpenRouter, which says what it charged,',
      provider: 'openrouter',
      response: { model: 'anthropic/claude-sonnet-4.5', usage: { prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100, cost: 0.0041 } },
      cost: '0.0041',
      by: 'its prices change by the hour',
    },
    {
      name: 'pages of Mistral OCR',
      provider: 'mistral',
      response: { model: 'mistral-ocr-2512', usage_info: { pages_processed: 5, doc_size_bytes: 10 } },
      cost: '0.01',
      by: '5 pages at $2 per 1,000',
    },
    {
      name: 'a rerank of Cohere',
      provider: 'cohere',
      model: 'rerank-v3.5',
      response: { results: [], meta: { billed_units: { search_units: 2 } } },
      cost: '0.004',
      by: '2 searches at $2 per 1,000',
    },
  ])
})

describe('tokens that only the total tells', () => {
  const usage = { prompt_tokens: 11, completion_tokens: 9, total_tokens: 88 }
  itCosts([
    {
      name: "Gemini through OpenAI's format",
      provider: 'google',
      response: { model: 'gemini-2.5-flash', usage },
      cost: '0.0001958',
      by: '11 x 0.3 + 77 x 2.5',
    },
    {
      name: 'the same through Vertex',
      provider: 'vertex',
      response: { model: 'google/gemini-2.5-flash', usage },
      cost: '0.0001958',
      by: '11 x 0.3 + 77 x 2.5',
    },
  ])
})

describe('a response with several model calls', () => {
  itCosts([
    {
      name: 'Claude that compacts its context',
      provider: 'anthropic',
      response: {
        model: 'claude-opus-4-6',
        usage: {
          input_tokens: 1_000,
          output_tokens: 100,
          iterations: [
            { type: 'compaction', input_tokens: 50_000, output_tokens: 2_000 },
            { type: 'message', input_tokens: 1_000, output_tokens: 100 },
          ],
        },
      },
      cost: '0.3075',
      by: '51,000 x 5 + 2,100 x 25',
    },
  ])
})

describe('attributes of spans', () => {
  it.each<{ name: string; attributes: Record<string, unknown>; cost: string; by: string }>([
    {
      name: 'the Vercel AI SDK',
      attributes: {
        'ai.usage.cachedInputTokens': 1_792,
        'gen_ai.usage.input_tokens': 1_815,
        'gen_ai.usage.output_tokens': 4,
        'gen_ai.request.model': 'gpt-4o-mini',
        'gen_ai.system': 'openai',
      },
      cost: '0.00014025',
      by: '23 x 0.15 + 1,792 x 0.075 + 4 x 0.6',
    },
    {
      name: 'Mastra',
      attributes: {
        'gen_ai.usage.input_tokens': 300,
        'gen_ai.usage.output_tokens': 10,
        'gen_ai.usage.cached_input_tokens': 40,
        'gen_ai.usage.cache_write_tokens': 25,
        'gen_ai.request.model': 'claude-haiku-4-5',
        'gen_ai.provider.name': 'anthropic',
      },
      cost: '0.00032025',
      by: '235 x 1 + 40 x 0.1 + 25 x 1.25 + 10 x 5',
    },
  ])('of $name cost $cost: $by', ({ attributes, cost }) => {
    const read = readOpenTelemetryUsage(attributes)
    expect(outcome({ ...read, provider: read.provider ?? '', at: AT })).toBe(cost)
  })
})

describe('a stream of a realtime session', () => {
  it('costs the sum of its turns: 2 x (200 x 4 + 800 x 32 + 100 x 16 + 400 x 64)', () => {
    const usage = {
      total_tokens: 1_500,
      input_tokens: 1_000,
      output_tokens: 500,
      input_token_details: { text_tokens: 200, audio_tokens: 800, cached_tokens: 0 },
      output_token_details: { text_tokens: 100, audio_tokens: 400 },
    }
    const events = [1, 2].map(turn => ({ type: 'response.done', response: { id: `resp_${turn}`, usage } }))
    const read = extractStreamedTokenUsage({ provider: 'openai', events })
    expect(outcome({ provider: 'openai', ...read, model: read.model ?? 'gpt-realtime', at: AT })).toBe('0.1072')
  })
})

describe('the list price of a call', () => {
  const M = 1_000_000
  it.each<{ provider: string; model: string; tokens: NonNullable<RateUsageInput['tokens']>; cost: string; by: string }>([
    {
      provider: 'anthropic',
      model: 'claude-opus-4-6-fast',
      tokens: { input: 100_000, output: 100_000 },
      cost: '18',
      by: 'a variant has a price of its own: 30 + 150',
    },
    { provider: 'google', model: 'gemini-2.5-pro-ultra', tokens: { input: 1 }, cost: 'unknown_model', by: 'or none' },
    {
      provider: 'vertex',
      model: 'projects/p/locations/europe-west1/publishers/anthropic/models/claude-sonnet-4-5@20250929',
      tokens: { input: 1_000, output: 1_000 },
      cost: '0.0198',
      by: '(3 + 15) x 1.1',
    },
    {
      provider: 'vertex',
      model: 'projects/p/locations/global/publishers/anthropic/models/claude-sonnet-4-5@20250929',
      tokens: { input: 1_000, output: 1_000 },
      cost: '0.018',
      by: '3 + 15',
    },
    { provider: 'bedrock', model: 'global.anthropic.claude-opus-4-7', tokens: { cacheWrite1h: M }, cost: '10', by: '2 times the input price' },
    { provider: 'vertex', model: 'claude-sonnet-4-6', tokens: { cacheWrite1h: M }, cost: '6', by: '2 times the input price' },
    { provider: 'openrouter', model: 'anthropic/claude-sonnet-4.5', tokens: { cacheWrite1h: 100_000 }, cost: '0.6', by: '2 times the input price' },
    { provider: 'bedrock', model: 'openai.gpt-5.5', tokens: { input: 301_016 }, cost: '3.311176', by: '11 above 272,000 tokens' },
    { provider: 'bedrock', model: 'openai.gpt-5.4', tokens: { input: 301_016 }, cost: '1.655588', by: '5.5 above 272,000 tokens' },
    { provider: 'xai', model: 'grok-4-fast', tokens: { input: 200_000, output: 1_000 }, cost: '0.081', by: '0.4 and 1 from 128,000 tokens on' },
  ])('of $provider $model is $cost: $by', ({ provider, model, tokens, cost }) => {
    expect(outcome({ provider, model, tokens, at: AT })).toBe(cost)
  })
})
