import { expect, it } from 'vitest'
import { extractTokenUsage } from '../../extract-token-usage.ts'
import { describeReadings } from '../../testing/describe-readings.ts'

const GOOGLE = ['google', 'vertex', 'google-vertex', 'gemini']
const gemini = (modelVersion: string, usageMetadata: object, more: object = {}) => ({ modelVersion, usageMetadata, ...more })
const details = (counts: Readonly<Record<string, number>>) => Object.entries(counts).map(([modality, tokenCount]) => ({ modality, tokenCount }))
const model = 'gemini-3-flash-preview'
const usage = { promptTokenCount: 10, candidatesTokenCount: 5 }
const tokens = { input: 10, output: 5 }

describeReadings('Gemini', [
  {
    name: 'counts thoughts beside the candidates, and the cache in the prompt',
    source: 'Gemini API, UsageMetadata: totalTokenCount = prompt + candidates + thoughts + tool use',
    providers: GOOGLE,
    response: gemini(model, { promptTokenCount: 100, cachedContentTokenCount: 80, candidatesTokenCount: 10, thoughtsTokenCount: 30, totalTokenCount: 140 }),
    model,
    tokens: { input: 20, cacheRead: 80, output: 10, reasoning: 30 },
  },
  {
    name: 'counts audio, images, documents and video, cached or not, apart from text',
    source: 'Gemini API, UsageMetadata: promptTokensDetails and cacheTokensDetails. Documents are billed as images',
    providers: GOOGLE,
    response: gemini(model, {
      promptTokenCount: 1_000,
      cachedContentTokenCount: 500,
      promptTokensDetails: details({ TEXT: 100, AUDIO: 400, IMAGE: 200, DOCUMENT: 100, VIDEO: 200 }),
      cacheTokensDetails: details({ TEXT: 60, AUDIO: 300, DOCUMENT: 40, VIDEO: 100 }),
      candidatesTokenCount: 10,
    }),
    model,
    tokens: {
      input: 40,
      cacheRead: 60,
      cacheReadAudio: 300,
      cacheReadImage: 40,
      cacheReadVideo: 100,
      audioInput: 100,
      imageInput: 260,
      videoInput: 100,
      output: 10,
    },
  },
  {
    name: 'counts images, audio and video that it made',
    source: 'Gemini API, UsageMetadata: candidatesTokensDetails',
    providers: GOOGLE,
    response: gemini('gemini-3-pro-image-preview', {
      promptTokenCount: 10,
      candidatesTokenCount: 1_310,
      thoughtsTokenCount: 90,
      candidatesTokensDetails: details({ TEXT: 20, IMAGE: 1_120, AUDIO: 100, VIDEO: 70 }),
    }),
    model: 'gemini-3-pro-image-preview',
    tokens: { input: 10, output: 20, imageOutput: 1_120, audioOutput: 100, videoOutput: 70, reasoning: 90 },
  },
  {
    name: 'counts what an image model made as images, if the response does not say more',
    source: 'Gemini API, Image generation: 1,290 tokens are one image',
    providers: GOOGLE,
    response: gemini('gemini-2.5-flash-image', { promptTokenCount: 10, candidatesTokenCount: 1_290 }),
    model: 'gemini-2.5-flash-image',
    tokens: { input: 10, imageOutput: 1_290 },
  },
  {
    name: 'counts what a speech model made as audio, if the response does not say more',
    source: 'Gemini API, Speech generation',
    providers: GOOGLE,
    response: gemini('gemini-2.5-pro-preview-tts', { promptTokenCount: 10, candidatesTokenCount: 700 }),
    model: 'gemini-2.5-pro-preview-tts',
    tokens: { input: 10, audioOutput: 700 },
  },
  {
    name: 'counts the prompts of tools beside the prompt',
    source: 'recorded: 1,201 = 332 + 643 + 53 + 173',
    providers: GOOGLE,
    response: gemini(model, {
      promptTokenCount: 332,
      toolUsePromptTokenCount: 643,
      toolUsePromptTokensDetails: details({ TEXT: 600, IMAGE: 43 }),
      candidatesTokenCount: 53,
      thoughtsTokenCount: 173,
      totalTokenCount: 1_201,
    }),
    model,
    tokens: { input: 932, imageInput: 43, output: 53, reasoning: 173 },
  },
  {
    name: 'counts the prompts of tools as part of the prompt, if the total says so',
    source: '158 = 100 + 58',
    providers: GOOGLE,
    response: gemini(model, { promptTokenCount: 100, toolUsePromptTokenCount: 20, candidatesTokenCount: 58, totalTokenCount: 158 }),
    model,
    tokens: { input: 100, output: 58 },
  },
  {
    name: 'hides thoughts, which only the total has',
    source: '528 = 432 + 96',
    providers: GOOGLE,
    response: gemini(model, { promptTokenCount: 432, totalTokenCount: 528 }),
    model,
    tokens: { input: 432, reasoning: 96 },
  },
  {
    name: 'has input only for embeddings',
    source: 'recorded: the details are called promptTokenDetails there',
    providers: GOOGLE,
    response: { usageMetadata: { promptTokenCount: 7, promptTokenDetails: details({ TEXT: 2, IMAGE: 5 }) } },
    tokens: { input: 2, imageInput: 5 },
  },
  {
    name: 'is read without the response around its usage metadata',
    source: 'a caller that kept the usage only',
    providers: GOOGLE,
    response: { promptTokenCount: 100, cachedContentTokenCount: 80, candidatesTokenCount: 10, trafficType: 'ON_DEMAND_FLEX' },
    tokens: { input: 20, cacheRead: 80, output: 10 },
    serviceTier: 'flex',
  },
  {
    name: 'is served by the batch tier in a batch on Vertex',
    source: 'Vertex AI, Batch prediction: a line of the output is { status, processed_time, request, response }',
    providers: ['vertex'],
    response: { status: '', processed_time: '2026-11-20T00:00:00Z', request: {}, response: gemini(model, { ...usage, trafficType: 'ON_DEMAND' }) },
    model,
    tokens,
    serviceTier: 'batch',
  },
  {
    name: 'is in snake case in the SDK for Python',
    source: 'google-genai: model_dump() of a response',
    providers: GOOGLE,
    response: {
      model_version: model,
      usage_metadata: {
        prompt_token_count: 100,
        cached_content_token_count: 80,
        cache_tokens_details: [{ modality: 'AUDIO', token_count: 80 }],
        prompt_tokens_details: [{ modality: 'AUDIO', token_count: 90 }],
        candidates_token_count: 10,
        thoughts_token_count: 30,
        tool_use_prompt_token_count: null,
        total_token_count: 140,
        traffic_type: 'ON_DEMAND_PRIORITY',
      },
      candidates: [{ grounding_metadata: { web_search_queries: ['a', 'b'] } }],
    },
    model,
    tokens: { input: 10, cacheReadAudio: 80, audioInput: 10, output: 10, reasoning: 30 },
    units: ['web_search 2'],
    serviceTier: 'priority',
  },
  ...[
    { trafficType: 'ON_DEMAND', serviceTier: 'standard' },
    { trafficType: 'ON_DEMAND_FLEX', serviceTier: 'flex' },
    { trafficType: 'ON_DEMAND_PRIORITY', serviceTier: 'priority' },
    { trafficType: 'PROVISIONED_THROUGHPUT', serviceTier: 'provisioned_throughput' },
  ].map(({ trafficType, serviceTier }) => ({
    name: `is served by the ${serviceTier} tier for the traffic type ${trafficType}`,
    source: 'Vertex AI, UsageMetadata: trafficType',
    providers: ['vertex', 'google-vertex'],
    response: gemini(model, { ...usage, trafficType }),
    model,
    tokens,
    serviceTier,
  })),
  {
    name: 'is served by the tier of the response',
    source: 'Gemini API, UsageMetadata: serviceTier',
    providers: ['google', 'gemini'],
    response: gemini(model, { ...usage, serviceTier: 'flex' }),
    model,
    tokens,
    serviceTier: 'flex',
  },
  {
    name: 'does not say by which tier it is served',
    source: 'Vertex AI, UsageMetadata: trafficType',
    providers: ['vertex'],
    response: gemini(model, { ...usage, trafficType: 'TRAFFIC_TYPE_UNSPECIFIED' }),
    model,
    tokens,
  },
  {
    name: 'is served by the batch tier in a batch',
    source: 'Gemini API, Batch: a line of the results is { key, response }; Vertex AI: { request, response, processed_time }',
    providers: GOOGLE,
    response: { key: 'a', response: gemini(model, usage) },
    model,
    tokens,
    serviceTier: 'batch',
  },
  {
    name: 'bills each different search since version 3',
    source: 'Gemini API, Grounding with Google Search: billed for each unique search query that the model executes',
    providers: GOOGLE,
    response: gemini(model, usage, {
      candidates: [
        { groundingMetadata: { webSearchQueries: ['bitcoin', 'ethereum', 'bitcoin', ''] } },
        { groundingMetadata: { webSearchQueries: ['ethereum', 'solana'] } },
      ],
    }),
    model,
    tokens,
    units: ['web_search 3'],
  },
  {
    name: 'bills a grounded prompt before version 3, however many searches it took',
    source: 'Gemini API, Pricing: $35 per 1,000 grounded prompts',
    providers: GOOGLE,
    response: gemini('gemini-2.5-flash', usage, {
      candidates: [{ groundingMetadata: { webSearchQueries: ['a', 'b'], groundingChunks: [{ web: { uri: 'https://example.com' } }] } }],
    }),
    model: 'gemini-2.5-flash',
    tokens,
    units: ['grounded_prompt 1'],
  },
  {
    name: 'bills a prompt that was grounded in maps',
    source: 'Gemini API, Pricing: grounding with Google Maps per 1,000 grounded prompts',
    providers: GOOGLE,
    response: gemini(model, usage, { candidates: [{ groundingMetadata: { groundingChunks: [{ maps: { uri: 'https://maps.example.com' } }, { maps: {} }] } }] }),
    model,
    tokens,
    units: ['maps_search 1'],
  },
  {
    name: 'bills nothing for an answer without searches',
    source: 'Gemini API, Grounding with Google Search: a request without a search is not billed for it',
    providers: GOOGLE,
    response: gemini(model, usage, { candidates: [{ groundingMetadata: {} }, { content: {} }] }),
    model,
    tokens,
  },
])

it.each([
  { usageMetadata: { candidatesTokenCount: 5 }, says: /no usage/ },
  { usageMetadata: { promptTokenCount: -1 }, says: /promptTokenCount must be a whole number/ },
  { usageMetadata: { promptTokenCount: 1, promptTokensDetails: [{ modality: 'AUDIO', tokenCount: 0.5 }] }, says: /tokenCount must be a whole number/ },
])('Gemini with $usageMetadata is rejected with the reason', ({ usageMetadata, says }) => {
  expect(() => extractTokenUsage({ provider: 'google', response: { usageMetadata } })).toThrow(says)
})
