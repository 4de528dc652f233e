import { Decimal, type Temporal } from '@tollgate/kernel'
import type { Observation } from '../model/observation.ts'
import type { RollupDifference } from '../model/rollup-difference.ts'

const MAX_SHOWN_DIFFERENCES = 10

/** Counts the differences that a verification found. */
export function observeDifferences(differences: readonly RollupDifference[]): Observation {
  const shown = differences.slice(0, MAX_SHOWN_DIFFERENCES).map(({ bucketStart, ...difference }) => ({ ...difference, bucketStart: bucketStart.toString() }))
  return { tenantId: null, value: new Decimal(differences.length), calls: null, details: { differences: differences.length, first: shown } }
}

/** A verification that failed is a problem as well. */
export function observeFailedVerification(failure: string): Observation {
  return incomplete(`verification of rollups did not complete: ${failure}`, { failure })
}

/** A verification that started long ago and never reported a result. */
export function observeOverdueVerification(startedAt: Temporal.Instant): Observation {
  return incomplete(`verification of rollups started at ${startedAt.toString()} and did not complete`, { begunAt: startedAt.toString() })
}

function incomplete(summary: string, details: Observation['details']): Observation {
  return { tenantId: null, value: new Decimal(1), calls: null, details, summary }
}
