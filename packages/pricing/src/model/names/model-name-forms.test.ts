import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listedNameForms, modelNameForms } from './model-name-forms.ts'

describe.each([
  { providers: ['openai'], model: 'gpt-5-mini', reach: 'gpt-5-mini' },
  { providers: ['openai'], model: 'GPT-5-Mini', reach: 'gpt-5-mini' },
  { providers: ['openai'], model: ' gpt-5-mini ', reach: 'gpt-5-mini' },
  { providers: ['openai'], model: 'openai/gpt-5-mini', reach: 'gpt-5-mini' },
  { providers: ['openai'], model: 'gpt-5-mini-2025-08-07', reach: 'gpt-5-mini' },
  { providers: ['anthropic'], model: 'claude-sonnet-4-5-20250929', reach: 'claude-sonnet-4-5' },
  { providers: ['anthropic'], model: 'claude-3-5-sonnet-latest', reach: 'claude-3-5-sonnet' },
  { providers: ['google'], model: 'claude-sonnet-4-5@20250929', reach: 'claude-sonnet-4-5' },
  { providers: ['google'], model: 'claude-sonnet-4-5@default', reach: 'claude-sonnet-4-5' },
  { providers: ['google'], model: 'models/gemini-2.5-pro', reach: 'gemini-2.5-pro' },
  { providers: ['google'], model: 'gemini/gemini-2.5-pro', reach: 'gemini-2.5-pro' },
  { providers: ['google'], model: 'vertex_ai/gemini-2.0-flash-001', reach: 'gemini-2.0-flash' },
  { providers: ['google'], model: 'publishers/google/models/gemini-2.5-pro', reach: 'gemini-2.5-pro' },
  { providers: ['google'], model: 'projects/p/locations/europe-west1/publishers/anthropic/models/claude-opus-4-1@20250805', reach: 'claude-opus-4-1' },
  { providers: ['aws'], model: 'anthropic.claude-sonnet-4-5-20250929-v1:0', reach: 'claude-sonnet-4-5' },
  { providers: ['aws'], model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', reach: 'claude-sonnet-4-5' },
  { providers: ['aws'], model: 'us-gov.anthropic.claude-haiku-4-5-20251001-v1:0', reach: 'claude-haiku-4-5' },
  { providers: ['aws'], model: 'bedrock/global.anthropic.claude-sonnet-4-5-20250929-v1:0', reach: 'claude-sonnet-4-5' },
  { providers: ['aws'], model: 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0', reach: 'nova-lite' },
  { providers: ['aws'], model: 'ai21.jamba-1-5-large-v1:0', reach: 'jamba-1-5-large' },
  { providers: ['azure', 'openai'], model: 'azure/gpt-4o-2024-08-06', reach: 'gpt-4o' },
  { providers: ['azure', 'openai'], model: 'azure/openai/gpt-4o', reach: 'gpt-4o' },
  { providers: ['azure', 'openai'], model: 'azure/eu/gpt-4o-2024-08-06', reach: 'gpt-4o-2024-08-06' },
  { providers: ['azure', 'openai'], model: 'azure/global/gpt-5.1', reach: 'gpt-5.1' },
  { providers: ['azure', 'openai'], model: 'gpt-35-turbo-1106', reach: 'gpt-3.5-turbo-1106' },
  { providers: ['openai'], model: 'openai:gpt-4o', reach: 'gpt-4o' },
  { providers: ['google'], model: 'google-vertex:gemini-2.5-pro', reach: 'gemini-2.5-pro' },
  { providers: ['aws'], model: 'bedrock/converse/us.anthropic.claude-sonnet-4-5-20250929-v1:0', reach: 'claude-sonnet-4-5' },
  { providers: ['aws'], model: 'bedrock/us-gov-west-1/amazon.nova-pro-v1:0', reach: 'amazon.nova-pro-v1:0' },
  { providers: ['aws'], model: 'anthropic.claude-3-5-sonnet-20241022-v2:0', reach: 'claude-3-5-sonnet' },
  { providers: ['google'], model: 'gemini-1.5-pro-002', reach: 'gemini-1.5-pro' },
])('$model of $providers', ({ providers, model, reach }) => {
  it(`has the form ${reach}`, () => {
    expect(modelNameForms(providers, model)).toContain(reach)
  })
  it('has the given name as its first form', () => {
    expect(modelNameForms(providers, model)[0]).toBe(model.trim().toLowerCase())
  })
})

describe('another model', () => {
  it.each([
    { providers: ['openai'], model: 'gpt-5-mini', not: 'gpt-5' },
    { providers: ['openai'], model: 'gpt-4.1', not: '1' },
    { providers: ['openai'], model: 'gpt-4-0613', not: 'gpt-4' },
    { providers: ['openai'], model: 'ft:gpt-4o-mini-2024-07-18:acme::abc', not: 'gpt-4o-mini' },
    { providers: ['openrouter'], model: 'openai/gpt-5-mini', not: 'gpt-5-mini' },
    { providers: ['together'], model: 'meta-llama/llama-3.3-70b-instruct-turbo', not: 'llama-3.3-70b-instruct-turbo' },
    { providers: ['openai'], model: 'anthropic/claude-opus-4-1', not: 'claude-opus-4-1' },
    { providers: ['openrouter'], model: 'deepseek/deepseek-r1:free', not: 'deepseek/deepseek-r1' },
    { providers: ['anthropic'], model: 'claude-opus-4-6-fast', not: 'claude-opus-4-6' },
    { providers: ['google'], model: 'gemini-2.5-pro-ultra', not: 'gemini-2.5-pro' },
    // Aliases that move from model to model, and names that end in a number.
    { providers: ['google'], model: 'gemini-pro-latest', not: 'gemini-pro' },
    { providers: ['mistral'], model: 'mistral-large-latest', not: 'mistral-large' },
    { providers: ['mistral'], model: 'ministral-8b-latest', not: 'ministral-8b' },
    { providers: ['openai'], model: 'davinci-002', not: 'davinci' },
    { providers: ['google'], model: 'gemini-embedding-001', not: 'gemini-embedding' },
    { providers: ['aws'], model: 'amazon.titan-embed-text-v2:0', not: 'amazon.titan-embed-text' },
    { providers: ['aws'], model: 'amazon.nova-lite-v1:0', not: '0' },
  ])('$model of $providers does not have the form $not', ({ providers, model, not }) => {
    expect(modelNameForms(providers, model)).not.toContain(not)
  })
})

describe('the names that a list price may have', () => {
  it.each(['eu.amazon.nova-pro-v1:0', 'apac.amazon.nova-pro-v1:0', 'global.amazon.nova-pro-v1:0', 'us-gov.amazon.nova-pro-v1:0'])(
    'keep the region of %s',
    model => {
      expect(listedNameForms(['aws'], model)).not.toContain('amazon.nova-pro-v1:0')
    },
  )
  it('omit "us.", because lists have the prices of the US under the model', () => {
    expect(listedNameForms(['aws'], 'us.amazon.nova-pro-v1:0')).toContain('amazon.nova-pro-v1:0')
  })
})

it('adds a form with dashes for a compact date', () => {
  expect(modelNameForms(['openai'], 'gpt-5-mini-20250807')).toContain('gpt-5-mini-2025-08-07')
})

it('returns at most 12 forms, for any name', () => {
  const part = fc.constantFrom(
    'openai/',
    'azure/',
    'models/',
    'us.',
    'anthropic.',
    'claude',
    '-20250929',
    '-2025-09-29',
    '-v1:0',
    '-latest',
    '@default',
    '-001',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 512 }),
        fc.array(part, { maxLength: 40 }).map(parts => parts.join('')),
      ),
      name => {
        expect(modelNameForms(['openai', 'azure'], name).length).toBeLessThanOrEqual(12)
      },
    ),
  )
})
