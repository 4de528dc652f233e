import type { OverlayEntry } from '../overlay-entry.ts'

const provider = 'x-ai'
const checkedAt = '2026-11-26'
const MODELS = 'https://docs.x.ai/docs/models'

const TOOLS = [
  { kind: 'web_search', price: '5', per: 1_000 },
  { kind: 'social_search', price: '5', per: 1_000 },
  { kind: 'code_execution', price: '5', per: 1_000 },
  { kind: 'attachment_search', price: '10', per: 1_000 },
  { kind: 'file_search', price: '2.5', per: 1_000 },
] as const
const WITH_TOOLS = [
  'grok-4-0709',
  'grok-4-1-fast-non-reasoning',
  'grok-4-1-fast-reasoning',
  'grok-4-fast-non-reasoning',
  'grok-4-fast-reasoning',
  'grok-4.20',
  'grok-4.3',
  'grok-4.5',
  'grok-4.6',
  'grok-4.7',
]

export const XAI: readonly OverlayEntry[] = [
  {
    provider,
    model: 'grok-4-0709',
    because: 'missing',
    checkedAt,
    source: 'LiteLLM 2026-08-01 and the card of x-ai/grok-4 at WaveSpeed: twice the rates above 128K',
    prices: [
      {
        rates: { input: '3', output: '15', cacheRead: '0.75' },
        steps: [{ above: 128_000, rates: { input: '6', output: '30', cacheRead: '1.5' } }],
      },
    ],
  },
  ...['grok-4-fast-reasoning', 'grok-4-fast-non-reasoning', 'grok-4-1-fast-reasoning', 'grok-4-1-fast-non-reasoning'].map(model => ({
    provider,
    model,
    because: 'missing' as const,
    checkedAt,
    source: 'LiteLLM 2026-08-01; OpenRouter lists the same step for x-ai/grok-4-fast',
    prices: [
      {
        rates: { input: '0.2', output: '0.5', cacheRead: '0.05' },
        steps: [{ above: 128_000, rates: { input: '0.4', output: '1' } }],
      },
    ],
  })),
  {
    provider,
    model: 'grok-4.20-0309',
    names: ['grok-4.20-0309-reasoning', 'grok-4.20-0309-non-reasoning', 'grok-4.20-reasoning', 'grok-4.20-non-reasoning'],
    because: 'missing',
    checkedAt,
    source: `${MODELS}, read by docs.apiyi.com on 2026-07-13: the price of grok-4.20`,
    prices: [
      {
        rates: { input: '1.25', output: '2.5', cacheRead: '0.2' },
        steps: [{ above: 199_999, rates: { input: '2.5', output: '5', cacheRead: '0.4' } }],
      },
    ],
  },
  {
    provider,
    model: 'grok-4.7',
    names: ['grok-4.7', 'grok-4.7-latest'],
    because: 'missing',
    checkedAt,
    source: 'pi-ai 1.5.2 (2026-11-10), for xAI and for OpenRouter',
    prices: [
      {
        rates: { input: '2', output: '6', cacheRead: '0.5' },
        steps: [{ above: 199_999, rates: { input: '4', output: '12', cacheRead: '1' } }],
      },
    ],
  },
  {
    provider,
    model: 'grok-4.5',
    because: 'wrong',
    checkedAt,
    source:
      'LiteLLM 2026-08-01 and Zoo-Code #866 (the page of xAI in July 2026): cached input $0.50. The lists have $0.30 since September 2026; the day is not known',
    prices: [
      {
        to: '2026-09-01',
        rates: { input: '2', output: '6', cacheRead: '0.5' },
        steps: [{ above: 199_999, rates: { input: '4', output: '12', cacheRead: '1' } }],
      },
    ],
  },
  { provider, models: WITH_TOOLS, add: { units: TOOLS }, because: 'missing', checkedAt, source: 'https://docs.x.ai/docs/models#tools-pricing' },
  {
    provider,
    models: ['grok-4.3', 'grok-4.6', 'grok-4.7'],
    serviceTier: 'batch',
    times: '0.8',
    because: 'missing',
    checkedAt,
    source: "OpenRouter's x-ai/grok-4.3:batch, x-ai/grok-4.6:batch and x-ai/grok-4.7:batch (pi-ai 1.5.2)",
  },
]
