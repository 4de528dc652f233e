import type { UsageEventDraft } from '@tollgate/usage'

/** A choice that comes up in proportion to its weight. */
export interface Weighted<Value> {
  readonly weight: number
  readonly value: Value
}

/** Picks by a number from 0 (included) to 1 (excluded). */
export function pick<Value>(choices: readonly Weighted<Value>[], fraction: number): Value {
  const total = choices.reduce((sum, { weight }) => sum + weight, 0)
  let passed = 0
  const chosen = choices.find(({ weight }) => (passed += weight) > fraction * total) ?? choices.at(-1)
  if (chosen === undefined) throw new RangeError('there is nothing to pick from')
  return chosen.value
}

const weighted = <Value>(weight: number, value: Value): Weighted<Value> => ({ weight, value })

/** What the product that a trace is spread over calls, by share of calls. */
export const MODELS = [
  weighted(22, { provider: 'openai', model: 'gpt-4o-mini' }),
  weighted(18, { provider: 'openai', model: 'gpt-4o' }),
  weighted(20, { provider: 'anthropic', model: 'claude-sonnet-4-5' }),
  weighted(14, { provider: 'anthropic', model: 'claude-haiku-4-5' }),
  weighted(14, { provider: 'google', model: 'gemini-2.5-flash' }),
  weighted(7, { provider: 'mistral', model: 'mistral-large-latest' }),
  weighted(5, { provider: 'groq', model: 'llama-3.3-70b-versatile' }),
]

/** What its users do. */
export const FEATURES = [
  weighted(45, { product: 'code-assistant', feature: 'completion', operation: 'code_completion', taskType: 'generation' }),
  weighted(20, { product: 'code-assistant', feature: 'chat', operation: 'chat_message', taskType: 'conversation' }),
  weighted(10, { product: 'code-assistant', feature: 'inline-edit', operation: 'code_edit', taskType: 'generation' }),
  weighted(15, { product: 'review-bot', feature: 'pull-request-review', operation: 'code_review', taskType: 'analysis' }),
  weighted(10, { product: 'review-bot', feature: 'security-scan', operation: 'code_review', taskType: 'classification' }),
]

/** What they pay for it. */
export const TIERS = [weighted(50, 'free'), weighted(35, 'pro'), weighted(15, 'enterprise')]

/** Where it runs. */
export const ENVIRONMENTS = [weighted(90, 'production'), weighted(8, 'staging'), weighted(2, 'development')]

/** How calls end: one in about seventy breaks off after it has generated something. */
export const ENDINGS: readonly Weighted<Pick<UsageEventDraft, 'status' | 'statusCode' | 'errorMessage'>>[] = [
  weighted(197, { status: 'success', statusCode: 200 }),
  weighted(2, { status: 'failure', statusCode: 504, errorMessage: 'The provider closed the connection.' }),
  weighted(1, { status: 'failure', statusCode: 500, errorMessage: 'The provider failed.' }),
]
