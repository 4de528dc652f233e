import type { Decimal, Issue } from '@tollgate/kernel'
import type { AlertKind } from './alert-kind.ts'

/** Returns what is wrong with a threshold of a kind; nothing if it is valid. */
export function checkThreshold(kind: AlertKind, threshold: Decimal): Issue[] {
  if (threshold.lt(0)) return [{ path: 'threshold', message: `must be 0 or more, not ${threshold.toFixed()}` }]
  if (kind === 'ERROR_RATE' && threshold.gt(1))
    return [{ path: 'threshold', message: `must be a fraction of calls from 0 to 1, such as 0.05 for 5 %, not ${threshold.toFixed()}` }]
  return []
}
