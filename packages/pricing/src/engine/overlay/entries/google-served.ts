import type { OverlayEntry } from '../overlay-entry.ts'

const provider = 'google'
const checkedAt = '2026-11-26'
const PRICING = 'https://ai.google.dev/gemini-api/docs/pricing'
const VERTEX = 'https://cloud.google.com/gemini-enterprise-agent-platform/generative-ai/pricing'

/** Per 1,000 searches of Gemini 3 and later, and per 1,000 grounded prompts before. Free quotas are not considered. */
const SEARCHES = [
  { kind: 'web_search', price: '14', per: 1_000 },
  { kind: 'maps_search', price: '14', per: 1_000 },
] as const
const GROUNDED_PROMPTS = [
  { kind: 'grounded_prompt', price: '35', per: 1_000 },
  { kind: 'maps_search', price: '25', per: 1_000 },
] as const

const GEMINI_2 = [
  'gemini-1.5-flash',
  'gemini-1.5-pro',
  'gemini-2.0-flash',
  'gemini-2.0-flash-lite',
  'gemini-2.5-flash',
  'gemini-2.5-flash-image',
  'gemini-2.5-flash-lite',
  'gemini-2.5-pro',
]
const GEMINI_3 = [
  'gemini-3-flash-preview',
  'gemini-3-pro-image-preview',
  'gemini-3-pro-preview',
  'gemini-3.1-flash-image-preview',
  'gemini-3.1-flash-lite',
  'gemini-3.1-pro-preview',
  'gemini-3.5-flash',
  'gemini-3.5-flash-lite',
  'gemini-3.6-flash',
  'gemini-3.7-flash',
  'gemini-3.8-flash',
]
const GEMINI_4 = ['gemini-4-argon', 'gemini-4-carbon', 'gemini-4-hydrogen', 'gemini-4-neon']

const CLAUDE_SINCE_4_5 = [
  'claude-fable-5',
  'claude-fable-5-1',
  'claude-opus-4-6',
  'claude-opus-4-7',
  'claude-opus-4-8',
  'claude-opus-5',
  'claude-opus-5-5',
  'claude-sonnet-4-5',
  'claude-sonnet-4-6',
]
const CLAUDE_BEFORE_4_5 = ['claude-3-5-haiku', 'claude-3-5-sonnet', 'claude-3-7-sonnet', 'claude-3-haiku', 'claude-3-opus', 'claude-4-opus', 'claude-4-sonnet']
/** Listed by Anthropic only. */
const CLAUDE_OF_ANTHROPIC = ['claude-fable-5-2', 'claude-haiku-4-5', 'claude-haiku-5-5', 'claude-opus-4-5', 'claude-sonnet-5', 'claude-sonnet-5-5']

/** A cache hit in a batch costs what it costs elsewhere: "the cached tokens are priced the same as for non-batch API traffic". */
const CACHE_IN_BATCH = { cacheRead: '1', cacheReadAudio: '1', cacheReadImage: '1', cacheReadVideo: '1' }

/** Cache writes, searches, service tiers and regions of Google. */
export const GOOGLE_SERVED: readonly OverlayEntry[] = [
  {
    provider,
    models: [...CLAUDE_SINCE_4_5, 'claude-4-opus', 'claude-4-sonnet', 'claude-3-7-sonnet'],
    add: { multiples: { cacheWrite1h: ['2', 'input'] } },
    because: 'missing',
    checkedAt,
    source: 'https://platform.claude.com/docs/en/about-claude/pricing: a 1-hour write is twice the input price; LiteLLM 2026-08-01, vertex_ai',
  },
  {
    provider,
    models: [...CLAUDE_SINCE_4_5, 'claude-4-opus', 'claude-4-sonnet', 'claude-3-7-sonnet', 'claude-3-5-haiku'],
    add: { units: [{ kind: 'web_search', price: '10', per: 1_000 }] },
    because: 'missing',
    checkedAt,
    source: 'https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool: $10 per 1,000 searches, also on Google Cloud; LiteLLM 2026-08-01',
  },
  {
    provider,
    models: GEMINI_2,
    add: { units: GROUNDED_PROMPTS },
    because: 'missing',
    checkedAt,
    source: `${PRICING}: $35 per 1,000 grounded prompts, maps $25; LiteLLM 2026-08-01`,
  },
  { provider, models: GEMINI_3, add: { units: SEARCHES }, because: 'missing', checkedAt, source: `${PRICING}: $14 per 1,000 searches; LiteLLM 2026-08-01` },
  {
    provider,
    models: [
      'gemini-2.0-flash',
      'gemini-2.5-flash',
      'gemini-2.5-flash-lite',
      'gemini-2.5-pro',
      'gemini-3-flash-preview',
      'gemini-3-pro-preview',
      'gemini-3-pro-image-preview',
      'gemini-3.1-flash-image-preview',
      'gemini-3.1-pro-preview',
      'gemini-embedding-001',
    ],
    serviceTier: 'batch',
    times: '0.5',
    except: CACHE_IN_BATCH,
    because: 'missing',
    checkedAt,
    source: 'https://ai.google.dev/gemini-api/docs/optimization: batch, 50 % discount; https://ai.google.dev/gemini-api/docs/batch-api for cache hits',
  },
  {
    provider,
    models: ['gemini-3.1-flash-lite', 'gemini-3.5-flash', 'gemini-3.5-flash-lite', 'gemini-3.6-flash', 'gemini-3.7-flash', 'gemini-3.8-flash', ...GEMINI_4],
    serviceTier: 'batch',
    times: '0.5',
    because: 'missing',
    checkedAt,
    source: 'https://ai.google.dev/gemini-api/docs/optimization: batch, 50 % discount; OpenRouter lists half the price for cache hits too',
  },
  {
    provider,
    models: CLAUDE_SINCE_4_5.concat(['claude-4-opus', 'claude-4-sonnet']),
    serviceTier: 'batch',
    times: '0.5',
    because: 'missing',
    checkedAt,
    source: `${VERTEX}: batch prices of Claude; LiteLLM 2026-08-01, vertex_ai`,
  },
  {
    provider,
    models: [
      'gemini-2.5-flash',
      'gemini-2.5-flash-lite',
      'gemini-2.5-pro',
      'gemini-3-flash-preview',
      'gemini-3.1-flash-lite',
      'gemini-3.1-pro-preview',
      'gemini-3.5-flash',
      'gemini-3.5-flash-lite',
      'gemini-3.6-flash',
      'gemini-3.7-flash',
      'gemini-3.8-flash',
      'gemini-4-hydrogen',
      'gemini-4-neon',
    ],
    serviceTier: 'flex',
    times: '0.5',
    because: 'missing',
    checkedAt,
    source:
      'https://ai.google.dev/gemini-api/docs/optimization: flex, 50 % of standard prices, billed per token; LiteLLM 2026-08-01 and Portkey-AI/models (2026-08-21) have half the price of a cache hit too, for the models of which they list one',
  },
  {
    provider,
    models: [
      'gemini-3-flash-preview',
      'gemini-3-pro-preview',
      'gemini-3.1-flash-lite',
      'gemini-3.1-pro-preview',
      'gemini-3.5-flash',
      'gemini-3.5-flash-lite',
      'gemini-3.6-flash',
      'gemini-3.7-flash',
      'gemini-4-hydrogen',
      'gemini-4-neon',
    ],
    serviceTier: 'priority',
    times: '1.8',
    because: 'missing',
    checkedAt,
    source: `${PRICING}: priority, 75 to 100 % more; LiteLLM 2026-08-01, TokenMeter v0.17.0 and Portkey-AI/models (2026-08-21) have 1.8 times the standard price of these models`,
  },
  {
    provider,
    // Google serves Gemini 3.6 to 3.8 Flash from the global endpoint only (promptfoo #10389, truefoundry/models #2180), so they have no regional price.
    models: [...CLAUDE_SINCE_4_5, 'gemini-3.1-flash-lite', 'gemini-3.5-flash', 'gemini-3.5-flash-lite'],
    region: '*',
    times: '1.1',
    because: 'missing',
    checkedAt,
    source: `${VERTEX}: regional and multi-region endpoints add 10 %; https://platform.claude.com/docs/en/build-with-claude/claude-on-vertex-ai, since Claude Sonnet 4.5; BerriAI/litellm #37543, promptfoo #10389 and Portkey-AI/models (2026-08-21, at every service tier) for Gemini`,
  },
  {
    provider,
    of: 'anthropic',
    models: CLAUDE_OF_ANTHROPIC,
    region: '*',
    times: '1.1',
    because: 'missing',
    checkedAt,
    source: 'https://platform.claude.com/docs/en/build-with-claude/claude-on-vertex-ai: 10 % premium of regional endpoints since Claude Sonnet 4.5',
  },
  {
    provider,
    models: [...CLAUDE_BEFORE_4_5, ...GEMINI_2, 'gemini-embedding-001'],
    region: '*',
    times: '1',
    because: 'missing',
    checkedAt,
    source:
      'https://platform.claude.com/docs/en/about-claude/pricing: "earlier models retain their existing pricing"; the premium of Gemini began with 3.5 (BerriAI/litellm #37543, truefoundry/models #2180)',
  },
]
