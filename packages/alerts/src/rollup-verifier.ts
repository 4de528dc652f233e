import type { Period } from '@tollgate/kernel'
import type { RollupDifference } from './model/rollup-difference.ts'

/** Compares rollups with the events they were built from. */
export interface RollupVerifier {
  /** Verifies whole days (UTC). May take minutes. Throws the reason of `signal` when aborted. */
  verify(range: Period, signal?: AbortSignal): Promise<readonly RollupDifference[]>
}
