import type { RollupVerifier } from '@tollgate/alerts'
import type { RollupMaintenance } from '@tollgate/usage'

/** Verifies rollups day by day, and stops between two days when aborted. */
export function rollupVerifier(maintenance: Pick<RollupMaintenance, 'verify'>): RollupVerifier {
  return { verify: (range, signal) => maintenance.verify(range, () => signal?.throwIfAborted()) }
}
