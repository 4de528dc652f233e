import { Decimal } from '@tollgate/kernel'
import { errorCalls, type OrderMeasure, type UsageMeasures } from '../model/measures.ts'

/** Returns the sum that groups are ordered by. */
export function orderValue(measures: UsageMeasures, orderBy: Exclude<OrderMeasure, 'latency_p95'>): Decimal {
  switch (orderBy) {
    case 'calls':
      return new Decimal(measures.calls)
    case 'tokens':
      return new Decimal(measures.tokens.total.toString())
    case 'cost':
      return measures.cost
    case 'errors':
      return new Decimal(errorCalls(measures))
  }
}
