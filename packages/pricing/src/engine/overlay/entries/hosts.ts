import type { OverlayEntry, OverlayRates } from '../overlay-entry.ts'

const checkedAt = '2026-11-26'

type Listed = readonly [model: string, rates: OverlayRates, long?: { readonly above: number; readonly rates: OverlayRates }]

function list(provider: string, source: string, models: readonly Listed[]): readonly OverlayEntry[] {
  return models.map(([model, rates, long]) => ({
    provider,
    model,
    because: 'missing',
    checkedAt,
    source,
    prices: [{ rates, ...(long && { steps: [long] }) }],
  }))
}

/** Recent models of providers that host models of many makers. */
export const HOSTS: readonly OverlayEntry[] = [
  ...list('fireworks', 'pi-ai 1.5.2 (2026-11-10)', [
    ['accounts/fireworks/models/deepseek-v4p1-flash', { input: '0.3', output: '1.2', cacheRead: '0.006' }],
    ['accounts/fireworks/models/deepseek-v4p1-flash-1017', { input: '0.3', output: '1.2', cacheRead: '0.006' }],
    ['accounts/fireworks/models/ember-1', { input: '3', output: '15', cacheRead: '0.3' }],
    ['accounts/fireworks/models/minimax-m3p1-flash', { input: '0.15', output: '0.6', cacheRead: '0.015' }],
    ['accounts/fireworks/models/muse-spark-open', { input: '1.25', output: '4.25', cacheRead: '0.15' }],
    ['accounts/fireworks/models/qwen3p8-2p4t-a95b', { input: '2', output: '6', cacheRead: '0.25' }],
    ['accounts/fireworks/models/qwen3p8-max', { input: '2', output: '6', cacheRead: '0.25' }],
    ['accounts/fireworks/routers/deepseek-v4p1-flash-1017-spot', { input: '0.21', output: '0.84', cacheRead: '0.0042' }],
    ['accounts/fireworks/routers/deepseek-v4p1-flash-1017-ultrafast', { input: '2.4', output: '9.6', cacheRead: '0.048' }],
    ['accounts/fireworks/routers/deepseek-v4p1-flash-spot', { input: '0.21', output: '0.84', cacheRead: '0.0042' }],
    ['accounts/fireworks/models/glm-5p3', { input: '1.4', output: '4.4', cacheRead: '0.26' }],
    ['accounts/fireworks/models/glm-5p3-flash', { input: '0.15', output: '0.5', cacheRead: '0.03' }],
    ['accounts/fireworks/models/kimi-k3p1-pro', { input: '2', output: '10', cacheRead: '0.2' }],
    ['accounts/fireworks/routers/glm-5p3-fast', { input: '2.1', output: '6.6', cacheRead: '0.39' }],
    ['accounts/fireworks/routers/glm-5p3-spot', { input: '0.98', output: '3.08', cacheRead: '0.182' }],
    ['accounts/fireworks/routers/kimi-k3-spot', { input: '2.1', output: '10.5', cacheRead: '0.21' }],
  ]),
  ...list('together', 'pi-ai 1.5.2 (2026-11-10)', [
    ['deepseek-ai/DeepSeek-V4-Pro-0813', { input: '1.32', output: '3.96', cacheRead: '0.13' }],
    ['deepseek-ai/DeepSeek-V4.1-Flash', { input: '0.3', output: '1.2', cacheRead: '0.006' }],
    ['meta-models/Muse-Spark-Open-816B-A42B', { input: '1.25', output: '4.25', cacheRead: '0.15' }],
    ['MiniMaxAI/MiniMax-M3', { input: '0.3', output: '1.2', cacheRead: '0.06' }],
    ['moonshotai/Kimi-K3', { input: '3', output: '15', cacheRead: '0.3' }],
    ['moonshotai/Kimi-K3.1-Pro', { input: '2', output: '10', cacheRead: '0.2' }],
    ['nvidia/NVIDIA-Nemotron-3.5-Super-VL', { input: '0.15', output: '0.5', cacheRead: '0.02' }],
    ['Qwen/Qwen3.5-9B', { input: '0.17', output: '0.25' }],
    ['Qwen/Qwen3.6-Plus', { input: '0.5', output: '3' }],
    ['Qwen/Qwen3.7-Max', { input: '2.5', output: '7.5', cacheRead: '0.5' }],
    ['reflection/Beam-1.0-501B-A23B', { input: '0.4', output: '1.2', cacheRead: '0.04' }],
    ['thinkingmachines/Inkling', { input: '1', output: '4.05', cacheRead: '0.17' }],
    ['zai-org/GLM-5.2', { input: '1.4', output: '4.4', cacheRead: '0.26' }],
    ['zai-org/GLM-5.3', { input: '1.4', output: '4.4', cacheRead: '0.26' }],
    ['zai-org/GLM-5.3-Flash', { input: '0.15', output: '0.5', cacheRead: '0.03' }],
  ]),
  ...list('baseten', 'pi-ai 1.5.2 (2026-11-10)', [
    ['deepseek-ai/DeepSeek-V4.1-Flash', { input: '0.3', output: '1.2', cacheRead: '0.007' }],
    ['deepseek-ai/DeepSeek-V4.1-Flash-1017', { input: '0.3', output: '1.2', cacheRead: '0.007' }],
    ['deepseek-ai/DeepSeek-V4.1-Flash-1017-Fast', { input: '0.6', output: '2.4', cacheRead: '0.014' }],
    ['deepseek-ai/DeepSeek-V4.1-Flash-Fast', { input: '0.6', output: '2.4', cacheRead: '0.014' }],
    ['moonshotai/Kimi-K3.1-Pro', { input: '2', output: '10', cacheRead: '0.2' }],
    ['zai-org/GLM-5.3-Fast', { input: '2.1', output: '6.6', cacheRead: '0.21' }],
  ]),
  ...list('github-copilot', 'pi-ai 1.5.2 (2026-11-10)', [
    [
      'claude-haiku-5.5',
      { input: '0.1', output: '0.5', cacheRead: '0.01', cacheWrite5m: '0.125' },
      { above: 100000, rates: { input: '0.5', output: '2.5', cacheRead: '0.05', cacheWrite5m: '0.625' } },
    ],
    ['claude-opus-5.5', { input: '4', output: '20', cacheRead: '0.2', cacheWrite5m: '5' }],
    ['claude-sonnet-4.6', { input: '3', output: '15', cacheRead: '0.3', cacheWrite5m: '3.75' }],
    ['claude-sonnet-5.5', { input: '2', output: '10', cacheRead: '0.1', cacheWrite5m: '2.5' }],
    ['gemini-4-argon', { input: '2', output: '10', cacheRead: '0.1' }],
    ['gpt-5.4-nano', { input: '0.2', output: '1.25', cacheRead: '0.02' }],
    [
      'gpt-6-astra',
      { input: '10', output: '50', cacheRead: '1', cacheWrite5m: '12.5' },
      { above: 272000, rates: { input: '20', output: '75', cacheRead: '2', cacheWrite5m: '25' } },
    ],
    [
      'gpt-6-luna',
      { input: '0.1', output: '0.5', cacheRead: '0.01', cacheWrite5m: '0.125' },
      { above: 272000, rates: { input: '0.2', output: '0.75', cacheRead: '0.02', cacheWrite5m: '0.25' } },
    ],
    [
      'gpt-6-sol',
      { input: '2', output: '10', cacheRead: '0.2', cacheWrite5m: '2.5' },
      { above: 272000, rates: { input: '4', output: '15', cacheRead: '0.4', cacheWrite5m: '5' } },
    ],
    [
      'gpt-6.1-sol',
      { input: '2', output: '10', cacheRead: '0.1', cacheWrite5m: '2.5' },
      { above: 272000, rates: { input: '4', output: '15', cacheRead: '0.2', cacheWrite5m: '5' } },
    ],
    [
      'gpt-6.1-terra',
      { input: '1', output: '5', cacheRead: '0.05', cacheWrite5m: '1.25' },
      { above: 272000, rates: { input: '2', output: '7.5', cacheRead: '0.1', cacheWrite5m: '2.5' } },
    ],
    ['grok-4.7', { input: '2', output: '6', cacheRead: '0.5' }, { above: 200000, rates: { input: '4', output: '12', cacheRead: '1' } }],
  ]),
]
