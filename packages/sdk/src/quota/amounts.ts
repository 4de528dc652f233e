import type { InputRules } from '@tollgate/tokens/input'
import { checkInput } from '../engine/check-input.ts'
import { decimalText, invalid, oneOf } from '../engine/read-input.ts'
import type { EngineAmount, QuotaAmount, QuotaMetric, QuotaRequest } from '../model/quota-decision.ts'

const METRICS: ReadonlySet<string> = new Set<QuotaMetric>(['REQUESTS', 'TOKENS', 'COST', 'CREDITS', 'OPERATIONS'])

/** Returns the metric as the API names it. */
export function metricOf({ metric }: Pick<QuotaAmount, 'metric'>): QuotaMetric {
  return metric.toUpperCase() as QuotaMetric
}

/** Throws `InvalidInput` for what is no metric. */
export function requireMetric(path: string, metric: string): void {
  if (!METRICS.has(metric.toUpperCase())) throw invalid(path, `must be "requests", "tokens", "cost", "credits" or "operations", not "${metric}"`)
}

const AMOUNT: InputRules<QuotaRequest> = {
  metric: 'text',
  amount: 'anything',
  operation: 'text?',
  whenUnavailable: 'text?',
}

/** Returns the amounts as the engine takes them. Throws `InvalidInput`. `path` names the list. */
export function amountsOf(path: string, amounts: readonly QuotaRequest[]): EngineAmount[] {
  const given: unknown = amounts
  if (!Array.isArray(given)) throw invalid(path, 'must be a list')
  return amounts.map((request, i) => {
    const at = `${path}.${i}`
    checkInput(AMOUNT, request, at)
    const { metric, amount, operation, whenUnavailable } = request
    if (whenUnavailable) oneOf(`${at}.whenUnavailable`, whenUnavailable, ['allow', 'deny'])
    requireMetric(`${at}.metric`, metric)
    const text = amount === null ? null : decimalText(`${at}.amount`, amount)
    return {
      metric: metricOf({ metric }),
      amount: text,
      ...(operation !== undefined && { operation }),
    }
  })
}
