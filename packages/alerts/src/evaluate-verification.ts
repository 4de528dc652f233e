import type { IdSource, Period, Temporal } from '@tollgate/kernel'
import type { AlertStore } from './alert-store.ts'
import { evaluationWindow } from './engine/evaluation-window.ts'
import { observeDifferences, observeFailedVerification } from './engine/observe-verification.ts'
import { evaluateRule } from './evaluate-rule.ts'
import type { AlertEvent } from './model/alert.ts'
import type { Observation } from './model/observation.ts'
import type { RollupVerifier } from './rollup-verifier.ts'

/** What a verification reads and writes. */
export interface VerificationDependencies {
  readonly store: AlertStore
  readonly rollups: RollupVerifier
  readonly ids: IdSource
}

/** Verifies rollups, if that is due. */
export async function evaluateVerification(
  dependencies: VerificationDependencies,
  { now, signal }: { now: Temporal.Instant; signal?: AbortSignal | undefined },
): Promise<readonly AlertEvent[]> {
  const { store, rollups } = dependencies
  const rule = (await store.rules()).find(({ kind }) => kind === 'VERIFICATION_FAILED')
  if (rule === undefined) return []
  return evaluateRule(dependencies, {
    rule,
    now,
    observe: async (due, at) => {
      await store.recordStart(due, now)
      return [await observe(rollups, evaluationWindow(due, at), signal)]
    },
  })
}

/** A failure is an observation; an abort is not, and throws. */
async function observe(rollups: RollupVerifier, range: Period, signal: AbortSignal | undefined): Promise<Observation> {
  try {
    return observeDifferences(await rollups.verify(range, signal))
  } catch (error) {
    signal?.throwIfAborted()
    return observeFailedVerification(error instanceof Error ? error.message : String(error))
  }
}
