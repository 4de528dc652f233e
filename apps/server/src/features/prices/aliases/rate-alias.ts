import type { Clock } from '@tollgate/kernel'
import type { ModelAlias } from '@tollgate/pricing'
import type { Rerating, RatingRun, Usage } from '@tollgate/usage'
import { unpricedCallsOfAlias } from './unpriced-calls-of-alias.ts'

/** What became of past calls of an alias. */
export interface AliasRating {
  /** Past calls of the name that were unpriced. */
  readonly unpricedCalls: number
  /** The run that prices them. Null if none was started. */
  readonly run: RatingRun | null
  /** Resolves when that run is completed or interrupted. Need not be awaited. */
  readonly done: Promise<RatingRun> | null
}

/**
 * Creates a function that counts past calls of an alias without a price and, if `requestedBy` is given, starts a rating run for
 * them, which continues in the background. Throws `RatingRunInProgress`.
 */
export function rateAlias(dependencies: {
  readonly usage: Pick<Usage, 'unpriced'>
  readonly rerating: Pick<Rerating, 'start'>
  readonly clock: Clock
}): (alias: ModelAlias, requestedBy?: string) => Promise<AliasRating> {
  return async (alias, requestedBy) => {
    const { calls, selection } = await unpricedCallsOfAlias(dependencies, alias)
    if (selection === undefined || requestedBy === undefined || alias.target === null) return { unpricedCalls: calls, run: null, done: null }
    const reason = `${alias.provider} "${alias.name}" is an alias of ${alias.target.provider} "${alias.target.model}"`
    const { run, done } = await dependencies.rerating.start({ selection, requestedBy, reason: reason.slice(0, MAX_REASON) })
    return { unpricedCalls: calls, run, done }
  }
}

/** As in `Rerating.start`. */
const MAX_REASON = 500
