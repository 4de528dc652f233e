import type { OverlayEntry, OverlayRates } from '../overlay-entry.ts'

const provider = 'azure'
const checkedAt = '2026-11-26'
/** Azure's own price list; its meters say "DZ" for data zones and "pp" for priority processing. */
const METERS = 'https://prices.azure.com/api/retail/prices, read on 2026-07-31'
const LISTS = 'LiteLLM 2026-08-01 and models.dev 2026-07-02'

function listed(model: string, rates: OverlayRates, names: readonly string[] = [model]): OverlayEntry {
  return { provider, model, names, because: 'missing', checkedAt, source: LISTS, prices: [{ rates }] }
}

function corrected(model: string, rates: OverlayRates): OverlayEntry {
  return { provider, model, because: 'wrong', checkedAt, source: LISTS, prices: [{ rates }] }
}

/** Models of OpenAI that Azure also deploys in data zones. */
const IN_DATA_ZONES = [
  'gpt-4.1',
  'gpt-4.1-mini',
  'gpt-4.1-nano',
  'gpt-4o',
  'gpt-4o-mini',
  'gpt-5',
  'gpt-5-mini',
  'gpt-5-nano',
  'gpt-5.1',
  'gpt-5.1-codex-mini',
  'gpt-5.2',
  'gpt-5.2-pro',
  'gpt-5.3',
  'gpt-5.3-codex',
  'gpt-5.4',
  'gpt-5.4-mini',
  'gpt-5.4-nano',
  'gpt-5.4-pro',
  'gpt-5.5',
  'gpt-5.6-luna',
  'gpt-5.6-sol',
  'gpt-5.6-terra',
]
const OWN_IN_DATA_ZONES = ['o1', 'o1-mini', 'o1-preview', 'o3-2025-04-16', 'o3-mini', 'o4-mini', 'text-embedding-3-large', 'text-embedding-3-small']

export const AZURE: readonly OverlayEntry[] = [
  { provider, model: 'o4-mini', because: 'wrong', checkedAt, source: METERS, prices: [{ rates: { input: '1.1', output: '4.4', cacheRead: '0.275' } }] },
  corrected('phi-4', { input: '0.125', output: '0.5' }),
  corrected('phi-4-mini-instruct', { input: '0.075', output: '0.3' }),
  corrected('phi-4-multimodal-instruct', { input: '0.08', output: '0.32', audioInput: '4' }),
  corrected('phi-3-medium-128k-instruct', { input: '0.17', output: '0.68' }),
  corrected('phi-3-mini-128k-instruct', { input: '0.13', output: '0.52' }),
  listed('phi-4-reasoning', { input: '0.125', output: '0.5' }),
  listed('phi-4-mini-reasoning', { input: '0.08', output: '0.32' }),
  listed('phi-3.5-mini-instruct', { input: '0.13', output: '0.52' }),
  listed('phi-3.5-moe-instruct', { input: '0.16', output: '0.64' }),
  listed('phi-3-mini-4k-instruct', { input: '0.13', output: '0.52' }),
  listed('phi-3-medium-4k-instruct', { input: '0.17', output: '0.68' }),
  listed('deepseek-r1', { input: '1.35', output: '5.4' }, ['deepseek-r1', 'deepseek-r1-0528']),
  listed('deepseek-v3', { input: '1.14', output: '4.56' }, ['deepseek-v3', 'deepseek-v3-0324']),
  listed('deepseek-v3.2', { input: '0.58', output: '1.68' }, ['deepseek-v3.2', 'deepseek-v3.2-speciale']),
  listed('deepseek-v4-flash', { input: '0.19', output: '0.51' }),
  {
    provider,
    model: 'gpt-oss-120b',
    because: 'wrong',
    checkedAt,
    source: METERS,
    prices: [{ rates: { input: '0.15', output: '0.6' } }, ...['eu', 'us'].map(region => ({ region, rates: { input: '0.165', output: '0.66' } }))],
  },
  listed('llama-3.3-70b-instruct', { input: '0.71', output: '0.71' }),
  listed('llama-3.2-11b-vision-instruct', { input: '0.37', output: '0.37' }),
  listed('llama-3.2-90b-vision-instruct', { input: '2.04', output: '2.04' }),
  listed('llama-4-scout-17b-16e-instruct', { input: '0.2', output: '0.78' }),
  listed('meta-llama-3.1-405b-instruct', { input: '5.33', output: '16' }),
  listed('meta-llama-3.1-70b-instruct', { input: '2.68', output: '3.54' }),
  listed('meta-llama-3.1-8b-instruct', { input: '0.3', output: '0.61' }),
  listed('mistral-large-3', { input: '0.5', output: '1.5' }),
  listed('mistral-medium-2505', { input: '0.4', output: '2' }),
  listed('mistral-small-2503', { input: '0.1', output: '0.3' }),
  listed('mistral-nemo', { input: '0.15', output: '0.15' }),
  listed('ministral-3b', { input: '0.04', output: '0.04' }),
  listed('grok-4-fast-reasoning', { input: '0.2', output: '0.5', cacheRead: '0.05' }),
  listed('grok-4-1-fast-reasoning', { input: '0.2', output: '0.5', cacheRead: '0.05' }),
  listed('grok-4-1-fast-non-reasoning', { input: '0.2', output: '0.5', cacheRead: '0.05' }),
  listed('kimi-k2.5', { input: '0.6', output: '3' }),
  listed('kimi-k2.6', { input: '0.95', output: '4' }),
  listed('cohere-embed-v3-english', { input: '0.1' }),
  listed('cohere-embed-v3-multilingual', { input: '0.1' }),
  {
    provider,
    model: 'embed-v-4-0',
    because: 'missing',
    checkedAt,
    source: METERS,
    prices: [{ rates: { input: '0.12', imageInput: '0.47' } }, ...['eu', 'us'].map(region => ({ region, rates: { input: '0.132', imageInput: '0.517' } }))],
  },
  {
    provider,
    model: 'cohere-command-a',
    because: 'missing',
    checkedAt,
    source: METERS,
    prices: [{ rates: { input: '2.5', output: '10' } }, ...['eu', 'us'].map(region => ({ region, rates: { input: '2.75', output: '11' } }))],
  },
  ...(
    [
      ['cohere-rerank-v4.0-pro', '2.5'],
      ['cohere-rerank-v4.0-fast', '2'],
      ['cohere-rerank-v3.5', '2'],
    ] as const
  ).map(([model, price]) => ({
    provider,
    model,
    because: 'missing' as const,
    checkedAt,
    source: `${METERS}; LiteLLM 2026-08-01`,
    prices: [{ units: [{ kind: 'rerank_search', price, per: 1_000 }] }],
  })),
  {
    provider,
    of: 'openai',
    models: ['gpt-5', 'gpt-5.1', 'gpt-5.2', 'gpt-5.3-codex', 'gpt-5.4', 'gpt-5.4-mini'],
    serviceTier: 'priority',
    times: '2',
    because: 'missing',
    checkedAt,
    source: METERS,
  },
  { provider, of: 'openai', models: ['gpt-5-mini'], serviceTier: 'priority', times: '1.8', because: 'missing', checkedAt, source: METERS },
  { provider, of: 'openai', models: ['gpt-4.1', 'gpt-4.1-mini'], serviceTier: 'priority', times: '1.75', because: 'missing', checkedAt, source: METERS },
  ...(['eu', 'us'] as const).flatMap((region): readonly OverlayEntry[] => [
    {
      provider,
      of: 'openai',
      models: IN_DATA_ZONES,
      region,
      times: '1.1',
      because: 'missing',
      checkedAt,
      source: `${METERS}: data zones cost 1.1 times the global price; LiteLLM 2026-08-01, rounded`,
    },
    { provider, models: OWN_IN_DATA_ZONES, region, times: '1.1', because: 'missing', checkedAt, source: `${METERS}; LiteLLM 2026-08-01` },
  ]),
]
