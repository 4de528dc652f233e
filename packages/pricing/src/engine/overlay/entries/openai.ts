import type { OverlayEntry } from '../overlay-entry.ts'

const provider = 'openai'
const checkedAt = '2026-11-26'
const PRICING = 'https://developers.openai.com/api/docs/pricing'

const LONG_CONTEXT = ['gpt-5.4', 'gpt-5.4-pro', 'gpt-5.5', 'gpt-5.5-pro', 'gpt-5.6-luna', 'gpt-5.6-sol', 'gpt-5.6-terra', 'gpt-6-astra']

const TOOLS = [
  { kind: 'web_search', price: '10', per: 1_000 },
  { kind: 'file_search', price: '2.5', per: 1_000 },
] as const

/** A model whose calls with more than 272,000 input tokens cost twice the input and 1.5 times the output rate. */
function gpt6(
  model: string,
  source: string,
  [input, output, cacheRead, cacheWrite]: readonly [string, string, string, string],
  long: readonly [string, string, string, string],
): OverlayEntry {
  return {
    provider,
    model,
    because: 'missing',
    checkedAt,
    source,
    prices: [
      {
        rates: { input, output, cacheRead, cacheWrite5m: cacheWrite },
        steps: [{ above: 272_000, rates: { input: long[0], output: long[1], cacheRead: long[2], cacheWrite5m: long[3] } }],
        units: TOOLS,
      },
    ],
  }
}

export const OPENAI: readonly OverlayEntry[] = [
  {
    provider,
    models: LONG_CONTEXT,
    threshold: { listed: 271_999, above: 272_000 },
    because: 'wrong',
    checkedAt,
    source:
      'https://developers.openai.com/api/docs/models/gpt-5.4: "prompts with >272K input tokens"; LiteLLM and models.dev; the package has 272,000 for GPT-6 Sol',
  },
  gpt6('gpt-6.1-sol', 'https://developers.openai.com/api/docs/models/gpt-6.1-sol', ['2', '10', '0.1', '2.5'], ['4', '15', '0.2', '5']),
  gpt6(
    'gpt-6.1-terra',
    'https://developers.openai.com/api/docs/models ($1 / $5); PromptFuel v1.0.24; pi-ai 1.5.2',
    ['1', '5', '0.05', '1.25'],
    ['2', '7.5', '0.1', '2.5'],
  ),
  gpt6('gpt-6.2-sol', 'https://developers.openai.com/api/docs/models/gpt-6.2-sol', ['2', '10', '0.1', '2.5'], ['4', '15', '0.2', '5']),
  gpt6(
    'gpt-6.2-astra',
    'https://developers.openai.com/api/docs/models ($8 / $40); BerriAI/litellm discussion 52347; TokenMeter v0.17.0',
    ['8', '40', '0.4', '10'],
    ['16', '60', '0.8', '20'],
  ),
  {
    provider,
    models: ['gpt-6.2-sol'],
    add: { multiples: { cacheWrite12h: ['2.5', 'input'] } },
    because: 'missing',
    checkedAt,
    source: 'https://developers.openai.com/api/docs/models/gpt-6.2-sol: "A 12-hour cache write costs $5", twice the 30-minute one',
  },
  {
    provider,
    model: 'chat-latest',
    because: 'missing',
    checkedAt,
    source: 'pi-ai 1.5.2 (2026-11-10); OpenRouter lists the model as gpt-chat-latest at the same price',
    prices: [{ rates: { input: '5', output: '30', cacheRead: '0.5' } }],
  },
  {
    provider,
    model: 'gpt-5-search-api',
    names: ['gpt-5-search-api', 'gpt-5-search-api-2025-10-14'],
    because: 'missing',
    checkedAt,
    source: `LiteLLM 2026-08-01; ${PRICING}: $10 per 1,000 searches`,
    prices: [{ rates: { input: '1.25', output: '10', cacheRead: '0.125' }, units: [{ kind: 'web_search', price: '10', per: 1_000 }] }],
  },
  {
    provider,
    model: 'davinci-002',
    because: 'wrong',
    checkedAt,
    source: `${PRICING}; LiteLLM 2026-08-01`,
    prices: [{ rates: { input: '2', output: '2' } }],
  },
  {
    provider,
    model: 'babbage-002',
    because: 'wrong',
    checkedAt,
    source: `${PRICING}; LiteLLM 2026-08-01`,
    prices: [{ rates: { input: '0.4', output: '0.4' } }],
  },
  ...(
    [
      ['ft:gpt-4.1', 'ft:gpt-4\\.1-\\d{4}-\\d{2}-\\d{2}', { input: '3', output: '12', cacheRead: '0.75' }],
      ['ft:gpt-4.1-mini', 'ft:gpt-4\\.1-mini-\\d{4}-\\d{2}-\\d{2}', { input: '0.8', output: '3.2', cacheRead: '0.2' }],
      ['ft:gpt-4.1-nano', 'ft:gpt-4\\.1-nano-\\d{4}-\\d{2}-\\d{2}', { input: '0.2', output: '0.8', cacheRead: '0.05' }],
      ['ft:o4-mini', 'ft:o4-mini-\\d{4}-\\d{2}-\\d{2}', { input: '4', output: '16', cacheRead: '1' }],
    ] as const
  ).map(([model, base, rates]) => ({
    provider,
    model,
    names: { regex: `^${base}(?::.*)?$` },
    because: 'missing' as const,
    checkedAt,
    source: `${PRICING}#fine-tuning; LiteLLM 2026-08-01`,
    prices: [{ rates }],
  })),
  {
    provider,
    models: ['gpt-4o-audio-preview'],
    add: { rates: { audioInput: '40', audioOutput: '80' } },
    because: 'missing',
    checkedAt,
    source: "OpenRouter's card of openai/gpt-4o-audio-preview; LiteLLM 2026-08-01",
  },
  {
    provider,
    models: ['gpt-4o-mini-audio-preview'],
    add: { rates: { audioInput: '10', audioOutput: '20' } },
    because: 'missing',
    checkedAt,
    source: `${PRICING}; LiteLLM 2026-08-01`,
  },
  {
    provider,
    model: 'gpt-4o-realtime-preview-2024-10-01',
    because: 'wrong',
    checkedAt,
    source: 'https://openai.com/index/introducing-the-realtime-api/ (1 October 2024): audio $100 / $200, text $5 / $20',
    prices: [{ rates: { input: '5', output: '20', cacheRead: '2.5', audioInput: '100', audioOutput: '200', cacheReadAudio: '20' } }],
  },
  {
    provider,
    model: 'tts-1',
    names: ['tts-1', 'tts-1-1106'],
    because: 'missing',
    checkedAt,
    source: `${PRICING}; LiteLLM 2026-08-01`,
    prices: [{ units: [{ kind: 'character', price: '15', per: 1_000_000 }] }],
  },
  {
    provider,
    model: 'tts-1-hd',
    names: ['tts-1-hd', 'tts-1-hd-1106'],
    because: 'missing',
    checkedAt,
    source: `${PRICING}; LiteLLM 2026-08-01`,
    prices: [{ units: [{ kind: 'character', price: '30', per: 1_000_000 }] }],
  },
  {
    provider,
    model: 'gpt-realtime-whisper',
    because: 'missing',
    checkedAt,
    source: 'https://developers.openai.com/api/docs/models/gpt-realtime-whisper: $0.017 per minute',
    prices: [{ units: [{ kind: 'audio_second', price: '0.017', per: 60 }] }],
  },
  {
    provider,
    model: 'moderation',
    because: 'missing',
    checkedAt,
    source: 'https://developers.openai.com/api/docs/models/omni-moderation-latest: free',
    prices: [{ rates: { input: '0', output: '0' } }],
  },
]
