import type { ListedOverlayPrice, OverlayEntry, OverlayRates } from '../overlay-entry.ts'

const provider = 'openrouter'
const checkedAt = '2026-11-26'
/** OpenRouter's prices move; where a response reports its cost, that goes before this list. */
const source = 'pi-ai 1.5.2 (2026-11-10, from the models API of OpenRouter)'

function listed(because: 'missing' | 'wrong', model: string, ...prices: readonly ListedOverlayPrice[]): OverlayEntry {
  return { provider, model, because, checkedAt, source, prices }
}

function long(rates: OverlayRates, above: number, longRates: OverlayRates): ListedOverlayPrice {
  return { rates, steps: [{ above, rates: longRates }] }
}

const GROK_4_6 = long({ input: '2', output: '6', cacheRead: '0.5' }, 200_000, { input: '4', output: '12', cacheRead: '1' })
const GROK_4_3 = long({ input: '1.25', output: '2.5', cacheRead: '0.2' }, 200_000, { input: '2.5', output: '5', cacheRead: '0.4' })
const SOL_6_1 = long({ input: '2', output: '10', cacheRead: '0.1', cacheWrite5m: '2.5' }, 272_000, {
  input: '4',
  output: '15',
  cacheRead: '0.2',
  cacheWrite5m: '5',
})

export const OPENROUTER: readonly OverlayEntry[] = [
  listed('missing', 'anthropic/claude-sonnet-5.5', { rates: { input: '2', output: '10', cacheRead: '0.1', cacheWrite5m: '2.5' } }),
  listed(
    'missing',
    'anthropic/claude-haiku-5.5',
    long({ input: '0.1', output: '0.5', cacheRead: '0.01', cacheWrite5m: '0.125' }, 100_000, {
      input: '0.5',
      output: '2.5',
      cacheRead: '0.05',
      cacheWrite5m: '0.625',
    }),
  ),
  listed('missing', 'anthropic/claude-fable-5.2', { rates: { input: '8', output: '40', cacheRead: '0.2', cacheWrite5m: '10' } }),
  listed(
    'missing',
    'openai/gpt-6-astra',
    long({ input: '10', output: '50', cacheRead: '1', cacheWrite5m: '12.5' }, 272_000, { input: '20', output: '75', cacheRead: '2', cacheWrite5m: '25' }),
  ),
  listed('missing', 'openai/gpt-6.1-sol', SOL_6_1),
  listed(
    'missing',
    'openai/gpt-6.1-terra',
    long({ input: '1', output: '5', cacheRead: '0.05', cacheWrite5m: '1.25' }, 272_000, { input: '2', output: '7.5', cacheRead: '0.1', cacheWrite5m: '2.5' }),
  ),
  listed('missing', 'google/gemini-4-argon', { to: '2026-12-01', rates: { input: '2', output: '10', cacheRead: '0.1', cacheWrite5m: '0.1875' } }),
  listed('missing', 'x-ai/grok-4.6', GROK_4_6),
  listed('missing', 'x-ai/grok-4.7', GROK_4_6),
  listed('wrong', 'x-ai/grok-4.3', GROK_4_3),
  listed('wrong', 'x-ai/grok-4.20', GROK_4_3),
  listed(
    'wrong',
    'openai/gpt-5.6-sol',
    long({ input: '4', output: '20', cacheRead: '0.4', cacheWrite5m: '5' }, 272_000, { input: '8', output: '30', cacheRead: '0.8', cacheWrite5m: '10' }),
  ),
  listed('wrong', 'openai/gpt-4o', { rates: { input: '2.5', output: '10', cacheRead: '1.25' } }),
  listed(
    'wrong',
    'google/gemini-2.5-pro',
    long({ input: '1.25', output: '10', cacheRead: '0.125', cacheWrite5m: '0.375' }, 200_000, { input: '2.5', output: '15', cacheRead: '0.25' }),
  ),
  listed('wrong', 'google/gemini-2.5-flash', { rates: { input: '0.3', output: '2.5', cacheRead: '0.03', cacheWrite5m: '0.083333' } }),
  listed(
    'wrong',
    'google/gemini-3.1-pro-preview',
    long({ input: '2', output: '12', cacheRead: '0.2', cacheWrite5m: '0.375' }, 200_000, { input: '4', output: '18', cacheRead: '0.4' }),
  ),
  {
    provider,
    model: ':free',
    names: { ends_with: ':free' },
    because: 'missing',
    checkedAt,
    source: 'https://openrouter.ai/docs/guides/routing/model-variants/free: no charge. The package has it only for the models that it lists',
    prices: [{ rates: { input: '0', output: '0' } }],
  },
  {
    provider,
    models: [
      'anthropic/claude-fable-5',
      'anthropic/claude-fable-5.1',
      'anthropic/claude-fable-5.2',
      'anthropic/claude-haiku-4.5',
      'anthropic/claude-haiku-5.5',
      'anthropic/claude-opus-4',
      'anthropic/claude-opus-4.5',
      'anthropic/claude-opus-4.6',
      'anthropic/claude-opus-4.6-fast',
      'anthropic/claude-opus-4.7',
      'anthropic/claude-opus-4.7-fast',
      'anthropic/claude-opus-4.8',
      'anthropic/claude-opus-4.8-fast',
      'anthropic/claude-opus-5',
      'anthropic/claude-opus-5-fast',
      'anthropic/claude-opus-5.5',
      'anthropic/claude-sonnet-4',
      'anthropic/claude-sonnet-4.5',
      'anthropic/claude-sonnet-4.6',
      'anthropic/claude-sonnet-5',
      'anthropic/claude-sonnet-5.5',
    ],
    add: { multiples: { cacheWrite1h: ['2', 'input'] } },
    because: 'missing',
    checkedAt,
    source: 'https://openrouter.ai/docs/guides/best-practices/prompt-caching: 1-hour writes are charged at 2x the input price',
  },
]
