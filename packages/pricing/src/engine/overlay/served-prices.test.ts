import type { TokenUsageInput, UsageUnit } from '@tollgate/tokens'
import { describe, expect, it } from 'vitest'
import { bundledCatalog } from '../catalog/bundled-catalog.ts'
import { rateUsage } from '../rate-usage.ts'

interface Call {
  readonly provider: string
  readonly model: string
  readonly serviceTier?: string
  readonly speed?: string
  readonly region?: string
  readonly tokens: TokenUsageInput
  readonly units?: readonly UsageUnit[]
  readonly at?: string
  readonly cost: string | undefined
  /** The arithmetic, per million tokens. */
  readonly by: string
}

const M = 1_000_000

function itCosts(calls: readonly Call[]): void {
  it.each(calls)('$provider $model $serviceTier $speed $region at $at: $cost ($by)', ({ cost, by: _by, at = '2026-11-20T12:00:00Z', ...call }) => {
    expect(rateUsage({ catalog: bundledCatalog(), ...call, at }).cost?.toFixed()).toBe(cost)
  })
}

describe('batches, half of the standard price', () => {
  itCosts([
    { provider: 'anthropic', model: 'claude-opus-4-6', serviceTier: 'batch', tokens: { input: 18, output: 43 }, cost: '0.0005825', by: '18 x 2.5 + 43 x 12.5' },
    { provider: 'anthropic', model: 'claude-sonnet-5-5', serviceTier: 'batch', tokens: { cacheRead: M, cacheWrite1h: M }, cost: '2.05', by: '0.05 + 2' },
    { provider: 'openai', model: 'gpt-6.2-sol', serviceTier: 'batch', tokens: { input: M }, cost: '2', by: 'above 272K: 4 / 2' },
    { provider: 'openai', model: 'text-embedding-3-small', serviceTier: 'batch', tokens: { input: M }, cost: '0.01', by: '0.02 / 2' },
    {
      provider: 'openai',
      model: 'gpt-5.6-sol',
      serviceTier: 'batch',
      tokens: { input: 1_000 },
      at: '2026-08-20T00:00:00Z',
      cost: '0.0025',
      by: '5 / 2, before the cut',
    },
    { provider: 'openai', model: 'gpt-5.6-sol', serviceTier: 'batch', tokens: { input: 1_000 }, cost: '0.002', by: '4 / 2' },
    {
      provider: 'google',
      model: 'gemini-2.5-flash',
      serviceTier: 'batch',
      tokens: { input: M, audioInput: M, cacheRead: M },
      cost: '0.68',
      by: '0.15 + 0.5 + 0.03 (cache hits have no discount)',
    },
    { provider: 'google', model: 'gemini-3.8-flash', serviceTier: 'batch', tokens: { input: M, cacheRead: M }, cost: '0.4125', by: '0.375 + 0.0375' },
    { provider: 'aws', model: 'amazon.nova-pro-v1:0', serviceTier: 'batch', tokens: { input: M }, cost: '0.4', by: '0.8 / 2' },
    { provider: 'azure', model: 'gpt-5', serviceTier: 'batch', tokens: { input: M, output: M }, cost: '5.625', by: '0.625 + 5, as OpenAI' },
    { provider: 'azure', model: 'azure/us/gpt-5', serviceTier: 'batch', tokens: { input: M }, cost: '0.6875', by: '0.625 x 1.1' },
    { provider: 'groq', model: 'openai/gpt-oss-120b', serviceTier: 'batch', tokens: { input: M }, cost: '0.075', by: '0.15 / 2' },
    { provider: 'mistral', model: 'mistral-large-latest', serviceTier: 'batch', tokens: { output: M }, cost: '0.75', by: '1.5 / 2' },
    { provider: 'x-ai', model: 'grok-4.6', serviceTier: 'batch', tokens: { input: 1_000 }, cost: '0.0016', by: '2 x 0.8' },
    { provider: 'deepseek', model: 'deepseek-flash', serviceTier: 'batch', tokens: { input: 1_000 }, cost: undefined, by: 'DeepSeek has no batches' },
  ])
})

describe('flex and priority', () => {
  itCosts([
    { provider: 'openai', model: 'gpt-5-nano', serviceTier: 'flex', tokens: { input: 1_000, output: 10 }, cost: '0.000027', by: '1000 x 0.025 + 10 x 0.2' },
    {
      provider: 'openai',
      model: 'gpt-5-mini',
      serviceTier: 'priority',
      tokens: { input: M, output: M, cacheRead: M },
      cost: '4.095',
      by: '0.45 + 3.6 + 0.045',
    },
    { provider: 'openai', model: 'gpt-4.1', serviceTier: 'priority', tokens: { input: M, output: M, cacheRead: M }, cost: '18.375', by: '3.5 + 14 + 0.875' },
    { provider: 'openai', model: 'gpt-4o', serviceTier: 'priority', tokens: { input: M, output: M, cacheRead: M }, cost: '23.375', by: '4.25 + 17 + 2.125' },
    { provider: 'openai', model: 'gpt-4o-mini', serviceTier: 'priority', tokens: { input: M, output: M }, cost: '1.25', by: '0.25 + 1' },
    { provider: 'openai', model: 'gpt-4-turbo', serviceTier: 'priority', tokens: { input: 1_000 }, cost: undefined, by: 'not offered' },
    { provider: 'azure', model: 'gpt-5.4', serviceTier: 'priority', tokens: { input: 1_000, output: 1_000 }, cost: '0.035', by: '5 + 30, meters "5.4 pp"' },
    { provider: 'azure', model: 'gpt-5.5', serviceTier: 'priority', tokens: { input: 1_000 }, cost: undefined, by: "OpenAI's 2.5 times is not Azure's" },
    { provider: 'google', model: 'gemini-3.1-pro-preview', serviceTier: 'priority', tokens: { input: 1_000, output: 1_000 }, cost: '0.0252', by: '3.6 + 21.6' },
    { provider: 'google', model: 'gemini-3.7-flash', serviceTier: 'priority', tokens: { input: M, cacheRead: M }, cost: '1.485', by: '(0.75 + 0.075) x 1.8' },
    { provider: 'google', model: 'gemini-3.7-flash', serviceTier: 'priority', at: '2027-01-01T00:00:00Z', tokens: { input: M }, cost: '2.7', by: '1.5 x 1.8' },
    { provider: 'google', model: 'gemini-3.6-flash', serviceTier: 'flex', tokens: { cacheRead: M }, cost: '0.0375', by: '0.075 / 2' },
    { provider: 'google', model: 'gemini-3.8-flash', serviceTier: 'priority', tokens: { input: M }, cost: undefined, by: 'no document' },
    { provider: 'aws', model: 'openai.gpt-oss-120b-1:0', serviceTier: 'flex', tokens: { input: M }, cost: '0.075', by: '0.15 / 2' },
    { provider: 'aws', model: 'amazon.nova-pro-v1:0', serviceTier: 'priority', tokens: { input: M }, cost: '1.4', by: '0.8 x 1.75' },
  ])
})

describe('fast mode of Claude', () => {
  itCosts([
    { provider: 'anthropic', model: 'claude-opus-4-8', speed: 'fast', tokens: { input: 1_000, output: 100 }, cost: '0.015', by: '10 and 50' },
    { provider: 'anthropic', model: 'claude-opus-4-6', speed: 'fast', tokens: { input: 100_000, output: 100_000 }, cost: '18', by: '30 and 150' },
    { provider: 'anthropic', model: 'claude-opus-4-6-fast', tokens: { input: 100_000, output: 100_000 }, cost: '18', by: 'the same under its other name' },
    { provider: 'anthropic', model: 'claude-opus-4-8', speed: 'fast', region: 'us', tokens: { input: 1_000 }, cost: '0.011', by: '10 x 1.1' },
    { provider: 'anthropic', model: 'claude-sonnet-5', speed: 'fast', tokens: { input: 1_000 }, cost: undefined, by: 'has no fast mode' },
  ])
})

describe('regions', () => {
  itCosts([
    { provider: 'anthropic', model: 'claude-opus-4-6', region: 'us', tokens: { input: 1_000, output: 100 }, cost: '0.00825', by: '(5 + 2.5) x 1.1' },
    { provider: 'anthropic', model: 'claude-opus-4-6', region: 'global', tokens: { input: 1_000, output: 100 }, cost: '0.0075', by: '5 + 2.5' },
    { provider: 'anthropic', model: 'claude-opus-4-6', region: 'us', serviceTier: 'batch', tokens: { input: 1_000 }, cost: '0.00275', by: '5 x 1.1 / 2' },
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
    { provider: 'google', model: 'claude-haiku-4-5', region: 'us-east5', tokens: { input: 1_000 }, cost: '0.0011', by: "Anthropic's price x 1.1" },
    { provider: 'google', model: 'claude-opus-4-1@20250805', region: 'us-east5', tokens: { input: 1_000 }, cost: '0.015', by: 'no premium before 4.5' },
    { provider: 'google', model: 'gemini-3.5-flash', region: 'europe-west1', tokens: { input: 1_000 }, cost: '0.00165', by: '1.5 x 1.1' },
    { provider: 'google', model: 'gemini-2.5-pro', region: 'us-central1', tokens: { input: 1_000 }, cost: '0.00125', by: 'no premium before 3.5' },
    { provider: 'google', model: 'gemini-4-argon', region: 'europe-west1', tokens: { input: 1_000 }, cost: undefined, by: 'no document' },
    { provider: 'openai', model: 'gpt-5.4', region: 'eu', tokens: { input: 1_000 }, cost: '0.00275', by: '2.5 x 1.1' },
    { provider: 'openai', model: 'gpt-5', region: 'eu', tokens: { input: 1_000 }, cost: '0.00125', by: 'no uplift before March 2026' },
    { provider: 'azure', model: 'gpt-5.1', region: 'eu', tokens: { input: M }, cost: '1.375', by: 'meter "GPT 5.1 inp Dz"' },
    { provider: 'azure', model: 'azure/us/o4-mini', tokens: { input: M, cacheRead: M }, cost: '1.5125', by: '(1.1 + 0.275) x 1.1' },
    { provider: 'azure/us', model: 'gpt-5.1', tokens: { input: M }, cost: '1.375', by: 'meter "GPT 5.1 inp Dz"' },
    { provider: 'azure/global', model: 'gpt-5.1', tokens: { input: M }, cost: '1.25', by: 'the price of global deployments' },
    { provider: 'azure/eu', model: 'phi-4', tokens: { input: M }, cost: undefined, by: 'no document' },
    { provider: 'azure', model: 'azure/eu/phi-4', tokens: { input: M }, cost: undefined, by: 'no document' },
    { provider: 'aws', model: 'bedrock/us-gov-west-1/anthropic.claude-haiku-4-5-20251001-v1:0', tokens: { input: 1_000 }, cost: '0.0012', by: '1 x 1.2' },
    {
      provider: 'aws',
      model: 'bedrock/us-gov-west-1/anthropic.claude-sonnet-4-5-20250929-v1:0',
      tokens: { input: 200_001 },
      cost: '1.4400072',
      by: '200,001 x 6 x 1.2 above 200,000 tokens, as through us-gov.anthropic.claude-sonnet-4-5',
    },
    {
      provider: 'aws',
      model: 'arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/amazon.nova-pro-v1:0',
      tokens: { input: M },
      cost: '0.96',
      by: '0.8 x 1.2',
    },
    {
      provider: 'aws',
      model: 'bedrock/eu-central-1/anthropic.claude-sonnet-4-5-20250929-v1:0',
      tokens: { input: 1_000 },
      cost: '0.0033',
      by: '3 x 1.1 in any region',
    },
    { provider: 'aws', model: 'bedrock/us-east-1/mistral.mistral-7b-instruct-v0:2', tokens: { input: M }, cost: '0.15', by: 'the listed region' },
    { provider: 'aws', model: 'bedrock/eu-west-3/mistral.mistral-7b-instruct-v0:2', tokens: { input: M }, cost: undefined, by: 'Paris costs more' },
    { provider: 'aws', model: 'eu.amazon.nova-pro-v1:0', tokens: { input: M }, cost: '0.92', by: 'never the price of the US' },
    { provider: 'aws', model: 'in.amazon.nova-pro-v1:0', tokens: { input: M }, cost: undefined, by: 'no document; never the price of the US' },
    { provider: 'google', model: 'gemini-3.1-flash-lite', region: 'eu', tokens: { input: M }, cost: '0.275', by: '0.25 x 1.1' },
    { provider: 'google', model: 'gemini-3.1-flash-lite', region: 'eu', serviceTier: 'flex', tokens: { cacheRead: M }, cost: '0.01375', by: '0.025 x 1.1 / 2' },
    { provider: 'google', model: 'gemini-3.1-flash-lite', region: 'us', serviceTier: 'priority', tokens: { output: M }, cost: '2.97', by: '1.5 x 1.1 x 1.8' },
    { provider: 'google', model: 'gemini-3.7-flash', region: 'eu', tokens: { input: M }, cost: undefined, by: 'served from the global endpoint only' },
    { provider: 'aws', model: 'eu.anthropic.claude-sonnet-5', region: 'eu-central-1', tokens: { input: 1_000 }, cost: '0.0022', by: "the profile's price" },
  ])
})

describe('names that move from model to model', () => {
  itCosts([
    { provider: 'mistral', model: 'mistral-small-latest', at: '2026-03-15T23:59:59Z', tokens: { input: M, output: M }, cost: '0.4', by: '0.1 + 0.3' },
    { provider: 'mistral', model: 'mistral-small-latest', at: '2026-03-16T00:00:00Z', tokens: { input: M, output: M }, cost: '0.75', by: '0.15 + 0.6' },
    { provider: 'google', model: 'gemini-flash-lite-latest', tokens: { input: M, output: M }, cost: '1.75', by: '0.25 + 1.5, Gemini 3.1 Flash-Lite' },
    {
      provider: 'google',
      model: 'gemini-flash-lite-latest',
      at: '2026-08-20T00:00:00Z',
      tokens: { input: M },
      cost: undefined,
      by: 'when it moved is not known',
    },
    { provider: 'google', model: 'gemini-pro-latest', at: '2026-08-21T00:00:00Z', tokens: { input: M }, cost: '4', by: 'Gemini 3.1 Pro above 200K' },
    { provider: 'google', model: 'gemini-flash-latest', tokens: { input: M }, cost: undefined, by: 'lists disagree' },
  ])
})

describe('hosts of other makers', () => {
  itCosts([
    { provider: 'fireworks', model: 'accounts/fireworks/models/kimi-k3p1-pro', tokens: { input: M, output: M }, cost: '12', by: '2 + 10' },
    { provider: 'together', model: 'moonshotai/Kimi-K3', tokens: { input: M, cacheRead: M }, cost: '3.3', by: '3 + 0.3' },
    { provider: 'baseten', model: 'zai-org/GLM-5.3-Fast', tokens: { output: M }, cost: '6.6', by: 'a variant has a price of its own' },
    { provider: 'github-copilot', model: 'gpt-6.1-sol', tokens: { input: 300_000 }, cost: '1.2', by: '300,000 x 4, above 272K' },
    { provider: 'gateway', model: 'deepseek/deepseek-v3.2', tokens: { input: M, output: M }, cost: '2.47', by: "Vercel's 0.62 + 1.85, not DeepSeek's price" },
    { provider: 'vercel', model: 'openai/gpt-oss-120b', tokens: { input: M }, cost: '0.1', by: "Vercel's price" },
    { provider: 'vercel', model: 'openai/gpt-oss-21b', tokens: { input: M }, cost: undefined, by: 'never the price of another host' },
    { provider: 'vercel', model: 'spacexai/grok-4.3', tokens: { input: 1_000 }, cost: '0.00125', by: "xAI's price" },
    { provider: 'vercel', model: 'anthropic/claude-fable-5.1', tokens: { input: 1_000 }, cost: '0.01', by: 'a dot in the version is a dash' },
    { provider: 'aws', model: 'in.anthropic.claude-opus-5', tokens: { cacheWrite1h: M }, cost: '11', by: '2 x 5.5' },
  ])
})

describe('cache writes', () => {
  itCosts([
    { provider: 'bedrock', model: 'global.anthropic.claude-opus-4-7', tokens: { cacheWrite1h: M }, cost: '10', by: '2 x 5' },
    { provider: 'bedrock', model: 'us.anthropic.claude-opus-5', tokens: { cacheWrite1h: M }, cost: '11', by: '2 x 5.5' },
    { provider: 'vertex', model: 'claude-sonnet-4-6', tokens: { cacheWrite1h: M }, cost: '6', by: '2 x 3' },
    { provider: 'openrouter', model: 'anthropic/claude-opus-4.8', tokens: { cacheWrite1h: M }, cost: '10', by: '2 x 5' },
    { provider: 'azure', model: 'claude-opus-4-6', tokens: { cacheWrite1h: 100_000 }, cost: '1', by: "2 x 5, Anthropic's price" },
    { provider: 'openai', model: 'gpt-6.2-sol', tokens: { cacheWrite12h: 100_000 }, cost: '0.5', by: '$5' },
    { provider: 'openai', model: 'gpt-6.2-sol', tokens: { cacheWrite30m: 100_000 }, cost: '0.25', by: '$2.50' },
  ])
})

describe('long contexts', () => {
  itCosts([
    { provider: 'bedrock', model: 'openai.gpt-5.5', tokens: { input: 301_016 }, cost: '3.311176', by: '301016 x 11, as invoiced' },
    { provider: 'bedrock', model: 'openai.gpt-5.4', tokens: { input: 301_016 }, cost: '1.655588', by: '301016 x 5.5, as invoiced' },
    { provider: 'xai', model: 'grok-4-fast', tokens: { input: 200_000, output: 1_000 }, cost: '0.081', by: '200000 x 0.4 + 1000 x 1' },
    { provider: 'aws', model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', tokens: { input: 200_001 }, cost: '1.3200066', by: '200001 x 6.6' },
  ])
})

describe('units', () => {
  const unit = (kind: string, variant?: string): readonly UsageUnit[] => [{ kind, quantity: '1', ...(variant !== undefined && { variant }) }]
  itCosts([
    {
      provider: 'perplexity',
      model: 'sonar',
      tokens: { input: 100, output: 100 },
      units: unit('request', 'low'),
      cost: '0.0052',
      by: '$5 per 1,000 requests + 200 tokens',
    },
    { provider: 'perplexity', model: 'sonar', tokens: {}, units: unit('request', 'medium'), cost: '0.008', by: '$8 per 1,000' },
    { provider: 'perplexity', model: 'sonar-pro', tokens: {}, units: unit('request', 'high'), cost: '0.014', by: '$14 per 1,000' },
    { provider: 'google', model: 'gemini-2.5-flash', tokens: { input: 1_000 }, units: unit('grounded_prompt'), cost: '0.0353', by: '$35 per 1,000 + 0.3' },
    { provider: 'google', model: 'gemini-3.5-flash', tokens: { input: 1_000 }, units: unit('web_search'), cost: '0.0155', by: '$14 per 1,000 + 1.5' },
    { provider: 'google', model: 'claude-opus-5', tokens: { input: 1_000 }, units: unit('web_search'), cost: '0.015', by: '$10 per 1,000 + 5' },
    { provider: 'openai', model: 'gpt-5.4', tokens: { input: 1_000 }, units: unit('session'), cost: '0.0325', by: '$0.03 + 2.5' },
    { provider: 'openai', model: 'gpt-4.1', tokens: {}, units: unit('web_search', 'preview'), cost: '0.025', by: '$25 per 1,000' },
    { provider: 'openai', model: 'tts-1', tokens: {}, units: [{ kind: 'character', quantity: '1000' }], cost: '0.015', by: '$15 per million characters' },
    { provider: 'x-ai', model: 'grok-4.3', tokens: {}, units: unit('social_search'), cost: '0.005', by: '$5 per 1,000' },
    { provider: 'cohere', model: 'rerank-v3.5', tokens: {}, units: unit('rerank_search'), cost: '0.002', by: '$2 per 1,000' },
  ])
})
