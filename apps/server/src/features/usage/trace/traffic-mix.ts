import type { UsageEventDraft } from '@tollgate/usage'

/** A value that is picked in proportion to its weight. */
export interface Weighted<Value> {
  readonly weight: number
  readonly value: Value
}

/** Picks a value by a fraction in [0, 1). */
export function pick<Value>(choices: readonly Weighted<Value>[], fraction: number): Value {
  const total = choices.reduce((sum, { weight }) => sum + weight, 0)
  let passed = 0
  const chosen = choices.find(({ weight }) => (passed += weight) > fraction * total) ?? choices.at(-1)
  if (chosen === undefined) throw new RangeError('There are no values to pick from.')
  return chosen.value
}

const weighted = <Value>(weight: number, value: Value): Weighted<Value> => ({ weight, value })

/** Models, by share of calls. */
export const MODELS = [
  weighted(22, { provider: 'openai', model: 'gpt-4o-mini' }),
  weighted(18, { provider: 'openai', model: 'gpt-4o' }),
  weighted(20, { provider: 'anthropic', model: 'claude-sonnet-4-5' }),
  weighted(14, { provider: 'anthropic', model: 'claude-haiku-4-5' }),
  weighted(14, { provider: 'google', model: 'gemini-2.5-flash' }),
  weighted(7, { provider: 'mistral', model: 'mistral-large-latest' }),
  weighted(5, { provider: 'groq', model: 'llama-3.3-70b-versatile' }),
]

/** Features, by share of calls. */
export const FEATURES = [
  weighted(45, { product: 'code-assistant', feature: 'completion', operation: 'code_completion', taskType: 'generation' }),
  weighted(20, { product: 'code-assistant', feature: 'chat', operation: 'chat_message', taskType: 'conversation' }),
  weighted(10, { product: 'code-assistant', feature: 'inline-edit', operation: 'code_edit', taskType: 'generation' }),
  weighted(15, { product: 'review-bot', feature: 'pull-request-review', operation: 'code_review', taskType: 'analysis' }),
  weighted(10, { product: 'review-bot', feature: 'security-scan', operation: 'code_review', taskType: 'classification' }),
]

/** Subscription tiers, by share of customers. */
export const TIERS = [weighted(50, 'free'), weighted(35, 'pro'), weighted(15, 'enterprise')]

/** Environments, by share of calls. */
export const ENVIRONMENTS = [weighted(90, 'production'), weighted(8, 'staging'), weighted(2, 'development')]

/** Results of calls: about one in seventy fails after it has generated some output. */
export const RESULTS: readonly Weighted<Pick<UsageEventDraft, 'status' | 'statusCode' | 'errorMessage'>>[] = [
  weighted(197, { status: 'success', statusCode: 200 }),
  weighted(2, { status: 'failure', statusCode: 504, errorMessage: 'The provider closed the connection.' }),
  weighted(1, { status: 'failure', statusCode: 500, errorMessage: 'The provider failed.' }),
]
