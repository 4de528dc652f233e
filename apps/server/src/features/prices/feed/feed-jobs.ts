import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { FeedRefresh } from '@tollgate/pricing'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { Job } from '../../../jobs/job.ts'
import type { Log } from '../../../observability/log.ts'
import type { Tollgate } from '../../../tollgate.ts'
import { rateUnpriced } from './rate-unpriced.ts'

/** The job that checks the feed. */
const REFRESH_JOB = 'prices.refresh'
/** The job that rates unpriced events with new list prices. */
const RATING_JOB = 'prices.rate-unpriced'

const ADD_JOB = `select jobs.add_job($1, '{}', $1, null, 0, $2)`
const MAX_RATINGS = 6
const MAX_SHOWN = 20

/** What the jobs need. */
export interface FeedJobDependencies {
  readonly tollgate: Pick<Tollgate, 'priceFeed' | 'rerating' | 'usage' | 'clock'>
  readonly log: Log
}

/** Checks the feed every six hours, rates unpriced events after list prices changed, and warns of old ones every day. */
export function feedJobs({ tollgate, log }: FeedJobDependencies): readonly Job[] {
  const refresh = async () => logRefresh(await tollgate.priceFeed.refresh(OPERATOR_SCOPE), log)
  return [
    // A server without a feed leaves the job to those that have one.
    ...(tollgate.priceFeed.configured ? [{ name: REFRESH_JOB, schedule: '23 */6 * * *', retries: 0, run: refresh }] : []),
    {
      name: RATING_JOB,
      // Every hour, in case a server ended before it added the job.
      schedule: '37 * * * *',
      retries: MAX_RATINGS - 1,
      run: () => rateUnpriced(tollgate, log),
    },
    { name: 'prices.age', schedule: '11 6 * * *', run: () => warnOfOldList(tollgate, log) },
  ]
}

/** Adds a check of the feed, which one of the servers runs. */
export async function addRefresh(database: PostgresDatabase): Promise<void> {
  await database.query(OPERATOR_SCOPE, ADD_JOB, [REFRESH_JOB, 1])
}

/** Adds the rating of unpriced events, which one of the servers runs. */
export async function addRating(database: PostgresDatabase): Promise<void> {
  await database.query(OPERATOR_SCOPE, ADD_JOB, [RATING_JOB, MAX_RATINGS])
}

/** Warns if list prices were checked too long ago. */
export async function warnOfOldList({ priceFeed }: Pick<Tollgate, 'priceFeed'>, log: Log): Promise<void> {
  const { listIsOld, listAgeDays: days, configured } = await priceFeed.status()
  if (!listIsOld) return
  const advice = configured ? 'see "prices status"' : 'install a newer version of Tollgate, or set TOLLGATE_PRICES_URL'
  log.warn({ days }, `List prices were checked ${days} days ago, so costs may be wrong: ${advice}.`)
}

function logRefresh({ check, changed, addedPrices, pending }: FeedRefresh, log: Log): void {
  if (check && check.state !== 'current') {
    log.warn({ url: check.url, state: check.state, problem: check.problem }, 'The price feed could not be used; list prices stay as they are.')
  }
  if (changed) log.info({ prices: addedPrices }, 'Applied list prices from the price feed.')
  if (pending.length > 0) {
    const models = pending.slice(0, MAX_SHOWN).map(({ provider, model }) => `${provider} ${model}`)
    log.warn({ changes: pending.length, models }, 'Prices of the feed that move by more than 30 % wait for an operator: see "prices changes".')
  }
}
