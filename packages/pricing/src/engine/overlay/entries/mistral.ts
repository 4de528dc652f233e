import type { ListedOverlayPrice, OverlayEntry, OverlayRates } from '../overlay-entry.ts'

const provider = 'mistral'
const checkedAt = '2026-11-26'
const PRICING = 'https://mistral.ai/pricing/api'
const LISTS = 'LiteLLM 2026-08-01, models.dev 2026-07-02 and pi-ai 1.5.2 (2026-11-10)'

function listed(model: string, names: readonly string[], ...prices: readonly ListedOverlayPrice[]): OverlayEntry {
  return { provider, model, names, because: 'missing', checkedAt, source: LISTS, prices }
}

const LARGE_3: OverlayRates = { input: '0.5', output: '1.5', cacheRead: '0.05' }
const DEVSTRAL_2: OverlayRates = { input: '0.4', output: '2', cacheRead: '0.04' }

const WITH_BATCHES = [
  'codestral',
  'codestral-2508',
  'devstral-2512',
  'devstral-latest',
  'magistral-medium',
  'magistral-small',
  'ministral-14b-2512',
  'ministral-3b-2512',
  'ministral-8b-2512',
  'ministral-8b-latest',
  'mistral-large',
  'mistral-large-2512',
  'mistral-large-latest',
  'mistral-medium-3-1',
  'mistral-medium-3-5',
  'mistral-medium-latest',
  'mistral-small-2506',
  'mistral-small-2603',
  'mistral-small-latest',
  'pixtral-large',
]

export const MISTRAL: readonly OverlayEntry[] = [
  // Aliases, which move from model to model.
  listed('mistral-large-latest', ['mistral-large-latest'], { to: '2025-12-02', rates: { input: '2', output: '6' } }, { from: '2025-12-02', rates: LARGE_3 }),
  listed('devstral-latest', ['devstral-latest', 'devstral-medium-latest', 'devstral-medium-2507'], { rates: DEVSTRAL_2 }),
  listed(
    'ministral-3b-latest',
    ['ministral-3b-latest'],
    { to: '2025-12-02', rates: { input: '0.04', output: '0.04' } },
    { from: '2025-12-02', rates: { input: '0.1', output: '0.1', cacheRead: '0.01' } },
  ),
  {
    provider,
    model: 'mistral-small-latest',
    because: 'wrong',
    checkedAt,
    source: 'Mistral Small 4, released on 16 March 2026, as the alias is listed by models.dev 2026-07-02 and pi-ai 1.5.2 (2026-11-10)',
    prices: [{ from: '2026-03-16', rates: { input: '0.15', output: '0.6', cacheRead: '0.015' } }],
  },
  listed('mistral-small-2506', ['mistral-small-2506'], { rates: { input: '0.1', output: '0.3', cacheRead: '0.01' } }),
  listed('mistral-medium-2604', ['mistral-medium-2604'], { rates: { input: '1.5', output: '7.5', cacheRead: '0.15' } }),
  {
    provider,
    model: 'mistral-large-4',
    names: ['mistral-large-4', 'mistral-large-4-0-8'],
    because: 'missing',
    checkedAt,
    source: 'pi-ai 1.5.2 (2026-11-10)',
    prices: [{ rates: { input: '0.7', output: '2.1', cacheRead: '0.07' } }],
  },
  {
    provider,
    models: ['codestral', 'magistral-medium', 'magistral-small', 'mistral-small-latest'],
    add: { multiples: { cacheRead: ['0.1', 'input'] } },
    because: 'missing',
    checkedAt,
    source: `${PRICING}: cached input costs 10 % of input; the bundled package has it for other models; pi-ai 1.5.2`,
  },
  {
    provider,
    models: WITH_BATCHES,
    add: {
      units: [
        { kind: 'web_search', price: '30', per: 1_000 },
        { kind: 'web_search', variant: 'premium', price: '50', per: 1_000 },
        { kind: 'code_execution', price: '30', per: 1_000 },
      ],
    },
    because: 'missing',
    checkedAt,
    source: `${PRICING}: connectors, $30 per 1,000 calls, premium news $50`,
  },
  {
    provider,
    models: WITH_BATCHES,
    serviceTier: 'batch',
    times: '0.5',
    because: 'missing',
    checkedAt,
    source: 'https://docs.mistral.ai/capabilities/batch: 50 % discount',
  },
]
