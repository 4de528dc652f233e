import { Decimal, type Period, type Temporal } from '@tollgate/kernel'
import type { RollupDifference, RollupMaintenance } from '@tollgate/usage'
import type { Observation } from '../observation.ts'

const SHOWN_DIFFERENCES = 10

/** What is to be verified, and what tells to stop. */
export interface VerificationRequest {
  readonly range: Period
  readonly signal?: AbortSignal | undefined
}

/**
 * Holds the rollups of a stretch of time, in whole days, against the events. That it fails is something wrong as well;
 * that it was told to stop is not, and throws.
 */
export async function observeVerification(maintenance: Pick<RollupMaintenance, 'verify'>, { range, signal }: VerificationRequest): Promise<Observation> {
  try {
    return differing(await maintenance.verify(range, () => signal?.throwIfAborted()))
  } catch (error) {
    signal?.throwIfAborted()
    const failure = error instanceof Error ? error.message : String(error)
    return incomplete(`the verification of rollups did not complete: ${failure}`, { failure })
  }
}

/** What is seen of a verification that began, and of whose end nothing is known. */
export function overdueVerification(since: Temporal.Instant): Observation {
  return incomplete(`a verification of rollups that began at ${since.toString()} did not complete`, { begunAt: since.toString() })
}

function differing(differences: readonly RollupDifference[]): Observation {
  const shown = differences.slice(0, SHOWN_DIFFERENCES).map(({ bucketStart, ...difference }) => ({ ...difference, bucketStart: bucketStart.toString() }))
  return { tenantId: null, value: new Decimal(differences.length), calls: null, details: { differences: differences.length, first: shown } }
}

function incomplete(summary: string, details: Observation['details']): Observation {
  return { tenantId: null, value: new Decimal(1), calls: null, details, summary }
}
