import type { OverlayEntry } from '../overlay-entry.ts'

const provider = 'anthropic'
const checkedAt = '2026-11-26'
const PRICING = 'https://platform.claude.com/docs/en/about-claude/pricing'

const WITH_BATCHES = [
  'claude-3-5-haiku-latest',
  'claude-3-5-sonnet',
  'claude-3-7-sonnet-latest',
  'claude-3-haiku',
  'claude-3-opus-latest',
  'claude-fable-5',
  'claude-fable-5-1',
  'claude-fable-5-2',
  'claude-haiku-4-5',
  'claude-haiku-5-5',
  'claude-opus-4-0',
  'claude-opus-4-1',
  'claude-opus-4-5',
  'claude-opus-4-6',
  'claude-opus-4-7',
  'claude-opus-4-8',
  'claude-opus-5',
  'claude-opus-5-5',
  'claude-sonnet-4-0',
  'claude-sonnet-4-5',
  'claude-sonnet-4-6',
  'claude-sonnet-5',
  'claude-sonnet-5-5',
]

/** Models with a choice of the inference geography: "For Claude Opus 4.6 and newer models". */
const WITH_GEOGRAPHY = [
  'claude-fable-5',
  'claude-fable-5-1',
  'claude-fable-5-2',
  'claude-haiku-5-5',
  'claude-opus-4-6',
  'claude-opus-4-7',
  'claude-opus-4-8',
  'claude-opus-5',
  'claude-opus-5-5',
  'claude-sonnet-4-6',
  'claude-sonnet-5',
  'claude-sonnet-5-5',
]

const SEARCHES = [{ kind: 'web_search', price: '10', per: 1_000 }] as const

export const ANTHROPIC: readonly OverlayEntry[] = [
  {
    provider,
    model: 'claude-sonnet-5-5',
    names: ['claude-sonnet-5-5', 'claude-sonnet-5.5', 'claude-5-5-sonnet', 'claude-5.5-sonnet'],
    because: 'missing',
    checkedAt,
    source: `${PRICING}; cache reads cut on 2026-10-07: kurofune/claudit v1.9.2, TheKrush/PromptFuel v1.0.23`,
    prices: [
      { to: '2026-10-07', rates: { input: '2', output: '10', cacheRead: '0.2', cacheWrite5m: '2.5', cacheWrite1h: '4' }, units: SEARCHES },
      { from: '2026-10-07', rates: { input: '2', output: '10', cacheRead: '0.1', cacheWrite5m: '2.5', cacheWrite1h: '4' }, units: SEARCHES },
    ],
  },
  {
    provider,
    model: 'claude-haiku-5-5',
    names: ['claude-haiku-5-5', 'claude-haiku-5.5', 'claude-5-5-haiku', 'claude-5.5-haiku'],
    because: 'missing',
    checkedAt,
    source: `${PRICING}; kurofune/claudit v1.9.2: prompts of more than 100,000 tokens pay the higher rates for all tokens`,
    prices: [
      {
        rates: { input: '0.1', output: '0.5', cacheRead: '0.01', cacheWrite5m: '0.125', cacheWrite1h: '0.2' },
        steps: [{ above: 100_000, rates: { input: '0.5', output: '2.5', cacheRead: '0.05', cacheWrite5m: '0.625', cacheWrite1h: '1' } }],
        units: SEARCHES,
      },
    ],
  },
  {
    provider,
    model: 'claude-fable-5-2',
    names: ['claude-fable-5-2', 'claude-fable-5.2'],
    because: 'missing',
    checkedAt,
    source: 'pi-ai 1.5.2 (2026-11-10), for the own API and for Bedrock',
    prices: [{ rates: { input: '8', output: '40', cacheRead: '0.2', cacheWrite5m: '10', cacheWrite1h: '16' }, units: SEARCHES }],
  },
  {
    provider,
    models: ['claude-opus-4-6', 'claude-opus-4-7'],
    speed: 'fast',
    times: '6',
    because: 'missing',
    checkedAt,
    source: `${PRICING}#fast-mode-pricing: $30 / $150, multiplied by caching like standard prices; OpenRouter's anthropic/claude-opus-4.6-fast`,
  },
  {
    provider,
    models: ['claude-opus-4-8', 'claude-opus-5'],
    speed: 'fast',
    times: '2',
    because: 'missing',
    checkedAt,
    source: `${PRICING}#fast-mode-pricing: $10 / $50; OpenRouter's anthropic/claude-opus-4.8-fast and anthropic/claude-opus-5-fast`,
  },
  // The same models under the names that some SDKs give them.
  ...(['4-6', '4-7'] as const).map(version => ({
    provider,
    model: `claude-opus-${version}-fast`,
    names: [`claude-opus-${version}-fast`, `claude-opus-${version.replace('-', '.')}-fast`],
    because: 'missing' as const,
    checkedAt,
    source: `${PRICING}#fast-mode-pricing; OpenRouter`,
    prices: [{ rates: { input: '30', output: '150', cacheRead: '3', cacheWrite5m: '37.5', cacheWrite1h: '60' }, units: SEARCHES }],
  })),
  ...(['4-8', '5'] as const).map(version => ({
    provider,
    model: `claude-opus-${version}-fast`,
    names: [`claude-opus-${version}-fast`, `claude-opus-${version.replace('-', '.')}-fast`],
    because: 'missing' as const,
    checkedAt,
    source: `${PRICING}#fast-mode-pricing; OpenRouter`,
    prices: [{ rates: { input: '10', output: '50', cacheRead: '1', cacheWrite5m: '12.5', cacheWrite1h: '20' }, units: SEARCHES }],
  })),
  {
    provider,
    model: 'claude-sonnet-4-0',
    because: 'missing',
    checkedAt,
    source:
      'https://www.anthropic.com/news/1m-context (12 August 2025): twice the input and 1.5 times the output rate above 200K; LiteLLM 2026-08-01. Longer prompts were possible in that beta only',
    prices: [
      {
        rates: { input: '3', output: '15', cacheRead: '0.3', cacheWrite5m: '3.75', cacheWrite1h: '6' },
        steps: [{ above: 200_000, rates: { input: '6', output: '22.5', cacheRead: '0.6', cacheWrite5m: '7.5', cacheWrite1h: '12' } }],
        units: SEARCHES,
      },
    ],
  },
  {
    provider,
    models: WITH_BATCHES,
    serviceTier: 'batch',
    times: '0.5',
    because: 'missing',
    checkedAt,
    source: `${PRICING}#batch-processing: 50 % on input and output, which combines with caching`,
  },
  {
    provider,
    models: WITH_GEOGRAPHY,
    region: 'us',
    times: '1.1',
    because: 'missing',
    checkedAt,
    source: 'https://platform.claude.com/docs/en/build-with-claude/data-residency: 1.1x on all token prices for US-only inference',
  },
]
