import { EngineFailure } from '../errors.ts'
import type { QuotaAmount, QuotaMetric } from '../model/quota-decision.ts'

const METRICS: ReadonlySet<string> = new Set<QuotaMetric>(['REQUESTS', 'TOKENS', 'COST', 'CREDITS', 'OPERATIONS'])
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** Returns the metric as the API names it. */
export function metricOf({ metric }: Pick<QuotaAmount, 'metric'>): QuotaMetric {
  return metric.toUpperCase() as QuotaMetric
}

/** Returns the amounts as the engine takes them. Throws `EngineFailure` for what callers without types can pass. */
export function amountsOf(amounts: readonly QuotaAmount[]): QuotaAmount[] {
  return amounts.map(({ metric, amount, operation }) => {
    if (!METRICS.has((metric as string | undefined)?.toUpperCase() ?? ''))
      throw new EngineFailure('REFUSED', `metric must be "requests", "tokens", "cost", "credits" or "operations", not "${metric}".`)
    const text = amount === null ? null : String(amount)
    if (text !== null && !NUMBER.test(text))
      throw new EngineFailure('REFUSED', `The amount of ${metric} must be a number, or null if it is unknown, not "${text}".`)
    return {
      metric: metricOf({ metric }),
      amount: text,
      ...(operation !== undefined && { operation }),
    }
  })
}
