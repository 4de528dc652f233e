import { OPERATOR_SCOPE, settableClock, Temporal } from '@tollgate/kernel'
import type { FeedRefresh, FeedStatus, PriceFeed } from '@tollgate/pricing'
import { type RatingRun, RatingRunInProgress, type RatingSelectionDraft, type UsageGroup } from '@tollgate/usage'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { feedJobs, warnOfOldList } from './feed-jobs.ts'
import { FEED_RATER } from './rate-unpriced.ts'

const NOW = '2026-11-20T12:00:00Z'
const at = (text: string) => Temporal.Instant.from(text)

const STATUS: FeedStatus = {
  configured: true,
  accepted: null,
  lastCheck: null,
  pending: [],
  listDate: at('2026-11-01T00:00:00Z'),
  listAgeDays: 19,
  listIsOld: true,
}
const CHANGE = { id: '0123456789abcdef', provider: 'openai', model: 'gpt-5', names: ['gpt-5'], moves: [] }

const run = (fields: Partial<RatingRun>) =>
  ({ id: 'a-run', requestedBy: FEED_RATER, state: 'completed', advancedAt: at('2026-11-20T11:00:00Z'), totals: { newlyPriced: 3 }, ...fields }) as RatingRun

/** Jobs over parts that record their calls. */
function setUp(
  parts: { runs?: readonly RatingRun[]; unpriced?: number; ends?: RatingRun; digest?: string; refresh?: FeedRefresh; start?: Error; status?: FeedStatus } = {},
) {
  const logged: Record<string, unknown>[] = []
  const done: unknown[] = []
  const job = async () => ({ run: run({ state: 'running' }), done: Promise.resolve(parts.ends ?? run({})) })
  const priceFeed: PriceFeed = {
    configured: parts.status?.configured ?? true,
    refresh: async scope => {
      done.push(['refresh', scope])
      return parts.refresh ?? { check: null, addedPrices: 0, changed: false, pending: [] }
    },
    decide: () => Promise.reject(new Error('not expected')),
    status: async () => parts.status ?? STATUS,
    releaseToRate: async () => parts.digest,
    recordRated: async digest => void done.push(['rated', digest]),
  }
  const rerating = {
    runs: async () => ({ items: parts.runs ?? [], hasMore: false }),
    resume: (id: string) => {
      done.push(['resume', id])
      return job()
    },
    start: ({ selection, requestedBy }: { selection: RatingSelectionDraft; requestedBy: string }) => {
      if (parts.start) throw parts.start
      done.push(['start', String(selection.range.from), String(selection.range.to), selection.unpricedOnly, requestedBy])
      return job()
    },
  }
  const usage = { unpriced: async () => Array.from({ length: parts.unpriced ?? 1 }, () => ({}) as UsageGroup) }
  const log = pino({ base: null }, { write: line => void logged.push(JSON.parse(line) as Record<string, unknown>) })
  const tollgate = { priceFeed, rerating, usage, clock: settableClock(NOW) } as never
  const runJob = async (name: string) =>
    feedJobs({ tollgate, log })
      .find(found => found.name === name)
      ?.run(null, new AbortController().signal)
  return { done, logged, runJob, tollgate, log, names: () => feedJobs({ tollgate, log }).map(({ name }) => name) }
}

describe('rating after list prices changed', () => {
  const STARTED = ['start', '2026-10-21T12:00:00Z', '2026-11-20T12:00:00.000001Z', true, 'price feed']

  it('rates unpriced events of the last 30 days, once for each release', async () => {
    const { done, logged, runJob } = setUp({ digest: 'd' })
    await runJob('prices.rate-unpriced')
    expect(done).toEqual([STARTED, ['rated', 'd']])
    expect(logged).toMatchObject([{ events: 3, msg: 'Rated unpriced events with the new list prices.' }])
  })
  it('does nothing if no release waits for it', async () => {
    const { done, runJob } = setUp()
    await runJob('prices.rate-unpriced')
    expect(done).toEqual([])
  })
  it('starts no run if every event has a price', async () => {
    const { done, runJob } = setUp({ digest: 'd', unpriced: 0 })
    await runJob('prices.rate-unpriced')
    expect(done).toEqual([['rated', 'd']])
  })
  it.each(['interrupted', 'failed', 'running'] as const)('first resumes its run that is %s and lost its process', async state => {
    const { done, runJob } = setUp({ digest: 'd', runs: [run({ requestedBy: 'ada', state }), run({ id: 'lost', state })] })
    await runJob('prices.rate-unpriced')
    expect(done).toEqual([['resume', 'lost'], STARTED, ['rated', 'd']])
  })
  it('leaves a run alone that another server is working on', async () => {
    const { done, runJob } = setUp({ digest: 'd', runs: [run({ state: 'running', advancedAt: at('2026-11-20T11:59:00Z') })] })
    await runJob('prices.rate-unpriced')
    expect(done).toEqual([])
  })
  it('is repeated if its run was interrupted, or an operator rates the same events', async () => {
    const interrupted = setUp({ digest: 'd', ends: run({ state: 'interrupted' }) })
    await expect(interrupted.runJob('prices.rate-unpriced')).rejects.toThrow(/is interrupted/)
    expect(interrupted.done).toEqual([STARTED])
    const busy = setUp({ digest: 'd', start: new RatingRunInProgress('other') })
    await expect(busy.runJob('prices.rate-unpriced')).rejects.toThrow(RatingRunInProgress)
    expect(busy.done).toEqual([])
  })
})

describe('a check of the feed', () => {
  const check = { url: 'https://prices.example/m.json', checkedAt: at(NOW), etag: null }

  it('is made by servers that have one', () => {
    expect(setUp().names()).toContain('prices.refresh')
    expect(setUp({ status: { ...STATUS, configured: false } }).names()).not.toContain('prices.refresh')
  })
  it('logs what changed, and what waits for an operator', async () => {
    const refresh = { check: { ...check, state: 'current' as const, problem: null }, addedPrices: 7, changed: true, pending: [CHANGE] }
    const { done, logged, runJob } = setUp({ refresh })
    await runJob('prices.refresh')
    expect(done).toEqual([['refresh', OPERATOR_SCOPE]])
    expect(logged).toMatchObject([
      { level: 30, prices: 7, msg: 'Applied list prices from the price feed.' },
      { level: 40, changes: 1, models: ['openai gpt-5'], msg: expect.stringContaining('wait for an operator') },
    ])
  })
  it('logs why a feed could not be used', async () => {
    const refresh = { check: { ...check, state: 'bad_hash' as const, problem: 'It differs.' }, addedPrices: 0, changed: false, pending: [] }
    const { logged, runJob } = setUp({ refresh })
    await runJob('prices.refresh')
    expect(logged).toMatchObject([{ level: 40, url: check.url, state: 'bad_hash', problem: 'It differs.' }])
  })
})

describe('an old list', () => {
  it('is reported every day, and when the server starts', async () => {
    const { logged, runJob, tollgate, log } = setUp()
    await runJob('prices.age')
    await warnOfOldList(tollgate, log)
    expect(logged).toMatchObject(
      Array.from({ length: 2 }, () => ({ level: 40, days: 19, msg: expect.stringMatching(/^List prices were checked 19 days ago/) })),
    )
  })
  it('is not reported while it is fresh', async () => {
    const { logged, runJob } = setUp({ status: { ...STATUS, listAgeDays: 14, listIsOld: false } })
    await runJob('prices.age')
    expect(logged).toEqual([])
  })
})
