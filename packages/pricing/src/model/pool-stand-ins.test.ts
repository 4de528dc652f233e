import { TOKEN_POOLS, type TokenPool } from '@tollgate/tokens'
import { describe, expect, it } from 'vitest'
import { bundledCatalog } from '../engine/catalog/bundled-catalog.ts'
import { rateUsage } from '../engine/rate-usage.ts'
import { rateOfPool, STAND_INS } from './pool-stand-ins.ts'

const AT = '2026-11-20T12:00:00Z'
/** The rate of a call of 100,000 tokens, which no price list counts as a long context, in USD per million. */
const rateOf = (provider: string, model: string, pool: TokenPool) =>
  rateUsage({ catalog: bundledCatalog(), provider, model, tokens: { [pool]: 100_000 }, at: AT })
    .cost?.times(10)
    .toFixed() ?? null

/** Rates in USD per million tokens; null if a call with tokens of the pool is unpriced. */
describe.each<{ provider: string; model: string; pools: { readonly [Pool in TokenPool]?: string | null }; document: string }>([
  {
    provider: 'openai',
    model: 'gpt-5-mini',
    pools: {
      cacheRead: '0.025',
      cacheWrite5m: '0.25',
      reasoning: '2',
      imageInput: '0.25',
      audioInput: null,
      audioOutput: null,
      imageOutput: null,
      videoInput: null,
    },
    document: 'developers.openai.com/api/docs/pricing: text and images at one input price; no charge for cache writes before GPT-5.6; no audio',
  },
  {
    provider: 'openai',
    model: 'gpt-5.6-sol',
    pools: { cacheWrite30m: '5', cacheWrite5m: '5', cacheWrite1h: null },
    document: 'developers.openai.com/api/docs/guides/prompt-caching: writes cost 1.25 times the input price and last 30 minutes',
  },
  {
    provider: 'openai',
    model: 'gpt-realtime',
    pools: { audioInput: '32', audioOutput: '64', imageInput: '5', cacheRead: '0.4', cacheReadAudio: '0.4', cacheReadImage: '0.5', videoInput: null },
    document: 'developers.openai.com/api/docs/models/gpt-realtime: a price for each modality, also when cached',
  },
  {
    provider: 'openai',
    model: 'gpt-image-1',
    pools: { input: '5', imageInput: '10', cacheReadImage: '2.5', imageOutput: '40' },
    document: 'developers.openai.com/api/docs/models/gpt-image-1: the output is images',
  },
  {
    provider: 'openai',
    model: 'gpt-image-1.5',
    pools: { output: '10', imageOutput: '32' },
    document: 'developers.openai.com/api/docs/models/gpt-image-1.5: text output at $10, images at $32',
  },
  {
    provider: 'openai',
    model: 'gpt-4o-mini-tts',
    pools: { input: '0.6', audioOutput: '12' },
    document: 'developers.openai.com/api/docs/models/gpt-4o-mini-tts: the output is audio',
  },
  {
    provider: 'google',
    model: 'gemini-2.5-flash',
    pools: { audioInput: '1', cacheReadAudio: '0.1', imageInput: '0.3', videoInput: '0.3', cacheReadImage: '0.03', cacheReadVideo: '0.03', audioOutput: null },
    document: 'ai.google.dev/gemini-api/docs/pricing: $0.30 (text / image / video), $1.00 (audio)',
  },
  {
    provider: 'google',
    model: 'gemini-2.5-pro',
    pools: { audioInput: '1.25', cacheReadAudio: '0.125', imageInput: '1.25', videoInput: '1.25' },
    document: 'ai.google.dev/gemini-api/docs/pricing: one input price and one cache price for all modalities',
  },
  {
    provider: 'google',
    model: 'gemini-3.6-flash',
    pools: { audioInput: null, cacheReadAudio: null, videoInput: '0.75' },
    document: 'Flash models have another price for audio, and the price list does not have that of this model',
  },
  {
    provider: 'google',
    model: 'gemini-live-2.5-flash',
    pools: { audioInput: '3', audioOutput: '12', imageInput: null, videoInput: null },
    document: 'ai.google.dev/gemini-api/docs/pricing: in the Live API, images and video cost as much as audio, not as text',
  },
  {
    provider: 'google',
    model: 'gemini-2.5-flash-image',
    pools: { imageOutput: '30', output: '2.5', imageInput: '0.3' },
    document: 'ai.google.dev/gemini-api/docs/pricing: images at $30, text at $2.50',
  },
  {
    provider: 'google',
    model: 'gemini-2.5-flash-preview-tts',
    pools: { audioOutput: '10' },
    document: 'cloud.google.com/text-to-speech/pricing: the output is audio',
  },
  {
    provider: 'anthropic',
    model: 'claude-sonnet-4-5',
    pools: { cacheWrite5m: '3.75', cacheWrite1h: '6', cacheRead: '0.3', imageInput: '3', cacheWrite30m: null, audioInput: null },
    document: 'platform.claude.com/docs/en/build-with-claude/prompt-caching: writes cost 1.25 times the input price for 5 minutes, 2 times for an hour',
  },
  {
    provider: 'openrouter',
    model: 'anthropic/claude-3-haiku',
    pools: { cacheWrite5m: null, cacheWrite1h: null },
    document: 'Claude charges for writes wherever it is hosted, and this list has no price for them',
  },
  {
    provider: 'aws',
    model: 'amazon.nova-pro-v1:0',
    pools: { cacheRead: '0.2', cacheWrite5m: '0.8', imageInput: '0.8', cacheWrite1h: null },
    document: 'aws.amazon.com/bedrock/pricing: no charge for cache writes; images count as input tokens',
  },
  {
    provider: 'perplexity',
    model: 'sonar-deep-research',
    pools: { reasoning: '3', output: '8' },
    document: 'docs.perplexity.ai/getting-started/pricing: reasoning has a price of its own',
  },
])('tokens of $provider $model', ({ provider, model, pools, document }) => {
  it.each(Object.entries(pools) as [TokenPool, string | null][])(`of the pool %s cost %s USD per million: ${document}`, (pool, expected) => {
    expect(rateOf(provider, model, pool)).toBe(expected)
  })
})

describe('stand-ins', () => {
  it('never replace input or output', () => {
    expect(STAND_INS.flatMap(({ pools }) => pools).filter(pool => pool === 'input' || pool === 'output')).toEqual([])
  })
  it('each have a reason', () => {
    expect(STAND_INS.filter(({ reason }) => reason.length < 30)).toEqual([])
  })
  it('replace no pool that has a rate', () => {
    for (const price of bundledCatalog().prices) {
      for (const pool of TOKEN_POOLS) {
        const own = price.perMillionTokens[pool]
        if (own) expect(rateOfPool(price, pool)).toBe(own)
      }
    }
  })
})
