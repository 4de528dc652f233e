import type { OverlayEntry, OverlayRates } from '../overlay-entry.ts'

const provider = 'google'
const checkedAt = '2026-11-26'
const PRICING = 'https://ai.google.dev/gemini-api/docs/pricing'

/** Of Gemini 3 and later. */
const SEARCHES = [
  { kind: 'web_search', price: '14', per: 1_000 },
  { kind: 'maps_search', price: '14', per: 1_000 },
] as const

const ARGON = [
  { to: '2026-12-01', rates: { input: '2', output: '10', cacheRead: '0.1' }, units: SEARCHES },
  { from: '2026-12-01', rates: { input: '4', output: '20', cacheRead: '0.2' }, units: SEARCHES },
]

function partner(model: string, rates: OverlayRates): OverlayEntry {
  return {
    provider,
    model,
    names: [model, model.slice(model.indexOf('/') + 1)],
    because: 'missing',
    checkedAt,
    source: 'LiteLLM 2026-08-01 and models.dev 2026-07-02, which agree',
    prices: [{ rates }],
  }
}

export const GOOGLE: readonly OverlayEntry[] = [
  {
    provider,
    model: 'gemini-4-argon',
    because: 'missing',
    checkedAt,
    source: 'BerriAI/litellm discussion 46238; TokenMeter v0.13.1 (2026-10-13)',
    prices: ARGON,
  },
  {
    provider,
    model: 'gemini-4-carbon',
    because: 'missing',
    checkedAt,
    source: "docs.laozhang.ai/en/announcements/gemini-4-carbon-2026-11: Google's price, that of Gemini 4 Argon, which changes on the same day",
    prices: ARGON,
  },
  {
    provider,
    model: 'gemini-4-neon',
    because: 'missing',
    checkedAt,
    source: `${PRICING}, read by TokenMeter v0.17.0; docs.laozhang.ai/en/announcements/gemini-4-neon-2026-11`,
    prices: [{ rates: { input: '3', output: '15', cacheRead: '0.15' }, units: SEARCHES }],
  },
  {
    provider,
    model: 'gemini-4-hydrogen',
    because: 'missing',
    checkedAt,
    source: `${PRICING}, read by TokenMeter v0.17.0; BerriAI/litellm discussion 51436`,
    prices: [{ rates: { input: '1.5', output: '7.5', cacheRead: '0.075' }, units: SEARCHES }],
  },
  {
    provider,
    model: 'gemini-pro-latest',
    because: 'wrong',
    checkedAt,
    source:
      'Portkey-AI/models (2026-08-21) and pi-ai 1.5.2 (2026-11-10): Gemini 3.1 Pro. LiteLLM still had Gemini 2.5 Pro on 2026-08-01; when the alias moved in between is not known, so it has no price before 21 August 2026',
    prices: [
      {
        from: '2026-08-21',
        rates: { input: '2', output: '12', cacheRead: '0.2' },
        steps: [{ above: 200_000, rates: { input: '4', output: '18', cacheRead: '0.4' } }],
        units: SEARCHES,
      },
    ],
  },
  // Lists disagree about gemini-flash-latest, so it has no price: Gemini 2.5 Flash (LiteLLM 2026-08-01), 3 Flash (Portkey 2026-08-21), 3.5 Flash (pi-ai).
  {
    provider,
    model: 'gemini-flash-lite-latest',
    because: 'missing',
    checkedAt,
    source:
      'Portkey-AI/models (2026-08-21) and pi-ai 1.5.2 (2026-11-10): Gemini 3.1 Flash-Lite. LiteLLM still had Gemini 2.5 Flash-Lite on 2026-08-01, so it has no price before 21 August 2026',
    prices: [{ from: '2026-08-21', rates: { input: '0.25', output: '1.5', cacheRead: '0.025', audioInput: '0.5' }, units: SEARCHES }],
  },
  {
    provider,
    model: 'gemini-2.5-computer-use-preview-10-2025',
    because: 'missing',
    checkedAt,
    source: 'LiteLLM 2026-08-01 and pi-ai 1.5.2 (2026-11-10), which agree',
    prices: [{ rates: { input: '1.25', output: '10' }, steps: [{ above: 200_000, rates: { input: '2.5', output: '15' } }] }],
  },
  {
    provider,
    model: 'claude-opus-4-6',
    because: 'wrong',
    checkedAt,
    source: 'https://claude.com/blog/1m-context-ga (13 March 2026): the full 1M context at standard prices, on Vertex AI too',
    prices: [{ from: '2026-03-13', rates: { input: '5', output: '25', cacheRead: '0.5', cacheWrite5m: '6.25' } }],
  },
  {
    provider,
    model: 'claude-4-sonnet',
    because: 'missing',
    checkedAt,
    source: 'LiteLLM 2026-08-01, vertex_ai/claude-sonnet-4@20250514: long-context rates above 200K',
    prices: [
      {
        rates: { input: '3', output: '15', cacheRead: '0.3', cacheWrite5m: '3.75' },
        steps: [{ above: 200_000, rates: { input: '6', output: '22.5', cacheRead: '0.6', cacheWrite5m: '7.5' } }],
      },
    ],
  },
  {
    provider,
    model: 'gemini-3.6-flash',
    because: 'wrong',
    checkedAt,
    source:
      'https://ai.google.dev/gemini-api/docs/whats-new-gemini-3.6 ($1.50 / $7.50 at launch); pydantic/genai-prices #564 of 2026-08-13 replaced that price by the promotional one, without a date',
    prices: [{ to: '2026-08-13', rates: { input: '1.5', output: '7.5', cacheRead: '0.15' } }],
  },
  {
    provider,
    model: 'gemini-1.5-flash-8b',
    names: ['gemini-1.5-flash-8b', 'gemini-1.5-flash-8b-001', 'gemini-1.5-flash-8b-latest', 'gemini-1.5-flash-8b-exp-0827', 'gemini-1.5-flash-8b-exp-0924'],
    because: 'wrong',
    checkedAt,
    source: `${PRICING}#gemini-1.5-flash-8b, half of Gemini 1.5 Flash, as the package lists it under gemini-flash-1.5-8b`,
    prices: [
      {
        rates: { input: '0.0375', output: '0.15', cacheRead: '0.01' },
        steps: [{ above: 128_000, rates: { input: '0.075', output: '0.3', cacheRead: '0.02' } }],
      },
    ],
  },
  partner('deepseek-ai/deepseek-v3.2-maas', { input: '0.56', output: '1.68' }),
  partner('meta/llama-4-maverick-17b-128e-instruct-maas', { input: '0.35', output: '1.15' }),
  partner('moonshotai/kimi-k2-thinking-maas', { input: '0.6', output: '2.5' }),
  partner('zai-org/glm-4.7-maas', { input: '0.6', output: '2.2' }),
  partner('zai-org/glm-5-maas', { input: '1', output: '3.2', cacheRead: '0.1' }),
]
