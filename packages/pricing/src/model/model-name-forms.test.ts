import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelNameForms } from './model-name-forms.ts'

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
  ])('$model of $providers does not have the form $not', ({ providers, model, not }) => {
    expect(modelNameForms(providers, model)).not.toContain(not)
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
