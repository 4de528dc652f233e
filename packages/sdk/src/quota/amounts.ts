import { decimalText } from '../engine/encode-call.ts'
import type { QuotaAmount, QuotaMetric } from '../model/quota-decision.ts'

/** Returns the metric as the API names it. */
export function metricOf({ metric }: Pick<QuotaAmount, 'metric'>): QuotaMetric {
  return metric.toUpperCase() as QuotaMetric
}

/** Returns the amounts as the engine takes them. */
export function amountsOf(amounts: readonly QuotaAmount[]): QuotaAmount[] {
  return amounts.map(request => ({
    metric: metricOf(request),
    amount: request.amount === null ? null : decimalText(request.amount),
    ...(request.operation !== undefined && { operation: request.operation }),
  }))
}
