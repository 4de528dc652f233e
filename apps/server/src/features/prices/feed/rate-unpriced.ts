import { OPERATOR_SCOPE, period, Temporal, toMicrosecond } from '@tollgate/kernel'
import type { RatingRun } from '@tollgate/usage'
import type { Log } from '../../../observability/log.ts'
import type { Tollgate } from '../../../tollgate.ts'

/** Who requests rating runs after list prices changed. */
export const FEED_RATER = 'price feed'

const RATED_DAYS = 30
const HOURS_PER_DAY = 24
/** A run that made no progress for this long has lost its process. */
const ABANDONED_AFTER = { minutes: 2 }
const LATEST_RUNS = 20

/**
 * Rates unpriced events of the last 30 days, if list prices from the feed were activated since that was done last. Continues a run
 * that another server began and lost. Throws if the run did not complete, so that the job is repeated.
 */
export async function rateUnpriced(
  { priceFeed, rerating, usage, clock }: Pick<Tollgate, 'priceFeed' | 'rerating' | 'usage' | 'clock'>,
  log: Log,
): Promise<void> {
  const digest = await priceFeed.releaseToRate()
  if (digest === undefined) return
  const now = toMicrosecond(clock.now(null))
  const unfinished = (await rerating.runs({ first: LATEST_RUNS })).items.find(run => run.requestedBy === FEED_RATER && isUnfinished(run))
  if (unfinished?.state === 'running' && Temporal.Instant.compare(unfinished.advancedAt.add(ABANDONED_AFTER), now) > 0) return

  const range = period(now.subtract({ hours: RATED_DAYS * HOURS_PER_DAY }), now.add({ microseconds: 1 }))
  if (unfinished) await completed((await rerating.resume(unfinished.id)).done)
  const unpriced = await usage.unpriced(OPERATOR_SCOPE, { range, first: 1 })
  if (unpriced.length > 0) {
    const selection = { range, unpricedOnly: true }
    const { done } = await rerating.start({ selection, requestedBy: FEED_RATER, reason: 'List prices changed' })
    const { totals } = await completed(done)
    log.info({ events: totals.newlyPriced }, 'Rated unpriced events with the new list prices.')
  }
  await priceFeed.recordRated(digest)
}

function isUnfinished({ state }: RatingRun): boolean {
  return state === 'running' || state === 'interrupted' || state === 'failed'
}

async function completed(done: Promise<RatingRun>): Promise<RatingRun> {
  const run = await done
  if (run.state !== 'completed') throw new Error(`The rating run ${run.id} is ${run.state}`)
  return run
}
