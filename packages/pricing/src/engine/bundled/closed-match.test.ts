import { findProvider, type MatchLogic } from '@pydantic/genai-prices'
import { Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { matchesModelName } from '../../model/names/match-model-name.ts'
import { bundledCatalog } from '../catalog/bundled-catalog.ts'
import { BUNDLED_PROVIDER_IDS, bundledProviders } from './bundled-providers.ts'
import { closedMatch } from './closed-match.ts'

const AT = Temporal.Instant.from('2026-11-20T12:00:00Z')

/** What providers append to a name for another model: a variant, a size, the next version. */
const SIBLINGS = [
  '-fast',
  '-ultra',
  '-mini',
  '-lite',
  '-pro',
  '-nano',
  '-turbo',
  '-thinking',
  '-image',
  '-tts',
  '-audio',
  '-live',
  '-search',
  '-distill-8b',
  '-8b',
]
const NEXT_VERSIONS = ['.5', '-5', '-5-20270101', '2', '-v2:0', '-v3', '-next']

type Pattern = Exclude<MatchLogic, { equals: string } | { or: MatchLogic[] } | { and: MatchLogic[] }>

function patterns(match: MatchLogic): readonly Pattern[] {
  if ('or' in match) return match.or.flatMap(patterns)
  if ('and' in match) return match.and.flatMap(patterns)
  return 'equals' in match ? [] : [match]
}

describe('the rules of bundled models', () => {
  it.each(BUNDLED_PROVIDER_IDS)('of %s select no variant and no next version of a model by the start of its name', providerId => {
    const models = findProvider({ providerId })?.models ?? []
    const closed = bundledProviders().find(({ id }) => id === providerId)?.models ?? []
    const tooWide = models.flatMap(({ id, match }) =>
      patterns(match)
        .flatMap(pattern => ('regex' in pattern ? [] : Object.values(pattern)))
        .flatMap(text => [...SIBLINGS, ...NEXT_VERSIONS].map(suffix => `${text}${suffix}`.toLowerCase()))
        .filter(name => !isFineTuned(name) && !models.some(other => other.id.endsWith(name) || lists(other.match, name)))
        .flatMap(name => closed.filter(other => matchesModelName(other.match, name)).map(other => ({ of: id, name, selectedBy: other.id }))),
    )
    expect(tooWide).toEqual([])
  })

  it.each(BUNDLED_PROVIDER_IDS)('of %s have no regular expression without an end', providerId => {
    const models = bundledProviders().find(({ id }) => id === providerId)?.models ?? []
    const open = models
      .flatMap(({ match }) => patterns(match))
      .filter(pattern => 'regex' in pattern && !pattern.regex.endsWith('$') && !pattern.regex.startsWith('^(?!'))
    expect(open).toEqual([])
  })
})

/** What follows the base of a fine-tuned model is its name. */
const isFineTuned = (name: string) => name.includes('.ft-')

/** Whether the package means exactly this name. */
function lists(match: MatchLogic, name: string): boolean {
  if ('or' in match) return match.or.some(one => lists(one, name))
  return Object.values(match).some(text => typeof text === 'string' && text.toLowerCase() === name)
}

describe('a variant is not priced as its parent', () => {
  it.each([
    { provider: 'google', model: 'gemini-2.5-pro-ultra' },
    { provider: 'google', model: 'claude-sonnet-4-6-fast' },
    { provider: 'anthropic', model: 'claude-sonnet-5-fast' },
    { provider: 'anthropic', model: 'claude-sonnet-6' },
    { provider: 'google', model: 'gemini-3.5-flash-8b' },
    { provider: 'google', model: 'gemini-pro-latest-tuned' },
    { provider: 'google', model: 'projects/p/locations/global/endpoints/1234567890' },
    { provider: 'aws', model: 'amazon.nova-pro-v2:0' },
    { provider: 'aws', model: 'arn:aws:bedrock:us-east-1:1:custom-model/anthropic.claude-3-haiku-20240307-v1:0:200k/abcdefgh1234' },
    { provider: 'azure', model: 'o4-mini-high-throughput' },
    { provider: 'deepseek', model: 'deepseek-r1-distill-llama-70b' },
    { provider: 'deepseek', model: 'deepseek-v4-pro-max' },
    { provider: 'openai', model: 'ft:gpt-5-2025-08-07:acme::abc' },
    { provider: 'moonshotai', model: 'kimi-k2.5-highspeed' },
    { provider: 'openrouter', model: 'openai/gpt-5:online' },
  ])('$provider $model', ({ provider, model }) => {
    expect(bundledCatalog().find({ provider, model, at: AT })).toBeUndefined()
  })
})

describe('closedMatch', () => {
  const select = (match: MatchLogic, name: string, model = { provider: 'anthropic', id: 'claude-sonnet-5' }) =>
    matchesModelName(closedMatch(match, model), name)

  it.each(['claude-sonnet-5', 'claude-sonnet-5-20260924', 'claude-sonnet-5@20260924', 'claude-sonnet-5-2026-09-24', 'claude-sonnet-5-latest'])(
    'still selects the version %s',
    name => {
      expect(select({ starts_with: 'claude-sonnet-5' }, name)).toBe(true)
    },
  )

  it('selects a version that begins inside of the text', () => {
    expect(select({ starts_with: 'claude-sonnet-4-2025' }, 'claude-sonnet-4-20250514')).toBe(true)
    expect(select({ starts_with: 'claude-sonnet-4-2025' }, 'claude-sonnet-4-20250514-fast')).toBe(false)
  })

  it('reads the revision of a Bedrock model as a part of it', () => {
    const v1 = { provider: 'aws', id: 'amazon.titan-embed-text-v1' }
    expect(select({ contains: 'amazon.titan-embed-text' }, 'amazon.titan-embed-text-v1', v1)).toBe(true)
    expect(select({ contains: 'amazon.titan-embed-text' }, 'us.amazon.titan-embed-text-v1', v1)).toBe(true)
    expect(select({ contains: 'amazon.titan-embed-text' }, 'amazon.titan-embed-text-v2:0', v1)).toBe(false)
    expect(select({ contains: 'amazon.titan-embed-text' }, 'eu.amazon.titan-embed-text-v1', v1)).toBe(false)
  })

  it('selects the fine-tuned models of a base model', () => {
    const finetuned = { provider: 'openai', id: 'ft:gpt-4o' }
    expect(select({ starts_with: 'ft:gpt-4o-2024-' }, 'ft:gpt-4o-2024-08-06:acme::a1b2c3', finetuned)).toBe(true)
    expect(select({ starts_with: 'ft:gpt-4o-2024-' }, 'ft:gpt-4o-2024-08-06-mini', finetuned)).toBe(false)
  })
})
