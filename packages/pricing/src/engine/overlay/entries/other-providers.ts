import type { OverlayEntry, OverlayRates } from '../overlay-entry.ts'

const checkedAt = '2026-11-26'

function listed(provider: string, [model, ...aliases]: readonly [string, ...string[]], rates: OverlayRates, source: string): OverlayEntry {
  return { provider, model, names: [model, ...aliases], because: 'missing', checkedAt, source, prices: [{ rates }] }
}

const GROQ = 'https://groq.com/pricing; LiteLLM 2026-08-01, models.dev 2026-07-02 and pi-ai 1.5.2 (2026-11-10)'
const ZAI = 'https://docs.z.ai/guides/overview/pricing; LiteLLM 2026-08-01 and pi-ai 1.5.2 (2026-11-10)'
const TOGETHER = 'LiteLLM 2026-08-01, models.dev 2026-07-02 and pi-ai 1.5.2 (2026-11-10)'
const LITELLM = 'LiteLLM 2026-08-01'

const GROQ_MODELS = [
  'llama-3.1-8b-instant',
  'llama-3.3-70b-versatile',
  'openai/gpt-oss-120b',
  'openai/gpt-oss-20b',
  'openai/gpt-oss-safeguard-20b',
  'qwen/qwen3-32b',
]

export const OTHER_PROVIDERS: readonly OverlayEntry[] = [
  {
    provider: 'groq',
    model: 'openai/gpt-oss-safeguard-20b',
    because: 'wrong',
    checkedAt,
    source: `${GROQ}. The package lists it under gpt-oss-120b, at twice the price`,
    prices: [{ rates: { input: '0.075', output: '0.3', cacheRead: '0.0375' } }],
  },
  listed('groq', ['qwen/qwen3.6-27b'], { input: '0.6', output: '3', cacheRead: '0.3' }, GROQ),
  {
    provider: 'groq',
    models: GROQ_MODELS,
    serviceTier: 'batch',
    times: '0.5',
    because: 'missing',
    checkedAt,
    source: 'https://console.groq.com/docs/batch: 50 % lower cost, which does not combine with the discount of cached input',
    except: { cacheRead: '1' },
  },
  {
    provider: 'groq',
    models: GROQ_MODELS,
    serviceTier: 'flex',
    times: '1',
    because: 'missing',
    checkedAt,
    source: 'https://console.groq.com/docs/flex-processing: the same price as on-demand',
  },
  listed('zai', ['GLM-4.5'], { input: '0.6', output: '2.2', cacheRead: '0.11' }, ZAI),
  listed('zai', ['GLM-4.5-Air'], { input: '0.2', output: '1.1', cacheRead: '0.03' }, ZAI),
  listed('zai', ['GLM-4.6'], { input: '0.6', output: '2.2', cacheRead: '0.11' }, ZAI),
  listed('zai', ['GLM-4.7'], { input: '0.6', output: '2.2', cacheRead: '0.11' }, ZAI),
  listed('zai', ['GLM-5'], { input: '1', output: '3.2', cacheRead: '0.2' }, ZAI),
  listed('zai', ['GLM-5-Turbo'], { input: '1.2', output: '4', cacheRead: '0.24' }, ZAI),
  listed('zai', ['GLM-5.1'], { input: '1.4', output: '4.4', cacheRead: '0.26' }, ZAI),
  {
    provider: 'zai',
    model: 'GLM-5.3-Flash',
    because: 'wrong',
    checkedAt,
    source: `${ZAI}: the list price, since the launch promotion ended on 9 September 2026 at 24:00 (UTC+8)`,
    prices: [{ from: '2026-09-09T16:00:00Z', rates: { input: '0.15', output: '0.5', cacheRead: '0.03' } }],
  },
  listed('together', ['openai/gpt-oss-120b'], { input: '0.15', output: '0.6' }, TOGETHER),
  listed('together', ['openai/gpt-oss-20b'], { input: '0.05', output: '0.2' }, `${LITELLM}; https://www.together.ai/pricing`),
  listed(
    'fireworks',
    ['accounts/fireworks/models/deepseek-v3p1', 'accounts/fireworks/models/deepseek-v3p1-terminus'],
    { input: '0.56', output: '1.68' },
    LITELLM,
  ),
  listed(
    'fireworks',
    ['accounts/fireworks/models/llama-v3p3-70b-instruct'],
    { input: '0.9', output: '0.9' },
    `${LITELLM}; https://fireworks.ai/pricing: $0.90 above 16B parameters`,
  ),
  listed(
    'cohere',
    ['embed-english-v3.0', 'embed-english-light-v3.0', 'embed-multilingual-v3.0'],
    { input: '0.1' },
    `${LITELLM}; Azure and Bedrock list the same price`,
  ),
  listed(
    'cohere',
    ['command-a-reasoning-08-2025'],
    { input: '2.5', output: '10' },
    'models.dev 2026-07-02; https://cohere.com/pricing: the price of Command A',
  ),
  {
    provider: 'cohere',
    model: 'rerank-v3.5',
    names: ['rerank-v3.5', 'rerank-english-v3.0', 'rerank-multilingual-v3.0', 'rerank-english-v2.0', 'rerank-multilingual-v2.0'],
    because: 'missing',
    checkedAt,
    source: `https://cohere.com/pricing; ${LITELLM}: $2 per 1,000 searches`,
    prices: [{ units: [{ kind: 'rerank_search', price: '2', per: 1_000 }] }],
  },
  listed('voyageai', ['rerank-2.5', 'rerank-2'], { input: '0.05' }, `https://docs.voyageai.com/docs/pricing; ${LITELLM}`),
  listed('voyageai', ['rerank-2.5-lite', 'rerank-2-lite'], { input: '0.02' }, `https://docs.voyageai.com/docs/pricing; ${LITELLM}`),
  listed('moonshotai', ['kimi-k3.1-pro'], { input: '2', output: '10', cacheRead: '0.2' }, 'pi-ai 1.5.2 (2026-11-10), for Moonshot, Together and Fireworks'),
]
