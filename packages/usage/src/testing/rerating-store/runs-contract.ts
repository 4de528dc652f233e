import { randomIds } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { RatingRunEnded, RatingRunInProgress, RatingRunLost, RatingRunUnknown } from '../../model/rating-run-errors.ts'
import type { Rater } from '../../rater.ts'
import { freshTenant } from '../builders/fresh-tenant.ts'
import { usageEvent } from '../builders/usage-event.ts'
import { between, measureRows } from '../usage-store/measure-queries.ts'
import { callRater, requestFor, reratingOf } from './rerate.ts'
import type { ReratingStoreUnderTest } from './stores-under-test.ts'

/** Runs that stop, resume, overlap and are cancelled. */
export function runsContract(stores: () => ReratingStoreUnderTest): void {
  const recorded = async (count: number) => {
    const { tenantId, scope } = freshTenant()
    await stores().usage.commit(
      Array.from({ length: count }, (_, i) => usageEvent({ tenantId, model: 'm', cost: null, occurredAt: `2026-03-1${i % 9}T12:00:00Z` })),
    )
    const cost = async () => (await measureRows(stores().usage, scope, { show: ['cost', 'unpricedCalls'] }))[0]
    return { tenantId, cost }
  }
  const prices = () => ({ m: '2' })

  /** A rater that fails at the n-th call. */
  const breaking = (call: number): Rater => {
    let calls = 0
    return { rate: events => (++calls === call ? Promise.reject(new Error('the catalogue broke')) : callRater(prices).rate(events)) }
  }

  /** A rater that waits until it is released. */
  const waitingRater = () => {
    const { promise: free, resolve: release } = Promise.withResolvers<void>()
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
    const rater: Rater = {
      async rate(events) {
        reach()
        await free
        return callRater(prices).rate(events)
      },
    }
    return { rater, reached, release }
  }

  describe('a run that stops', () => {
    it('records the reason, keeps its corrections, and resumes from there', async () => {
      const { tenantId, cost } = await recorded(10)
      const failures: unknown[] = []
      const broken = reratingOf(stores(), prices, { rater: breaking(3), onFailure: error => failures.push(error) })
      const job = await broken.start(requestFor(tenantId))
      await expect(job.done).rejects.toThrow('the catalogue broke')
      expect(failures).toHaveLength(1)
      expect(await broken.run(job.run.id)).toMatchObject({
        state: 'failed',
        failure: 'the catalogue broke',
        eventsRead: 6,
        eventsTotal: 10,
        totals: { events: 6 },
      })
      expect(await cost()).toEqual(['12', 4])

      const { done } = await reratingOf(stores(), prices).resume(job.run.id)
      expect(await done).toMatchObject({ id: job.run.id, state: 'completed', failure: null, eventsRead: 10, totals: { events: 10, newlyPriced: 10 } })
      expect(await cost()).toEqual(['20', 0])
      expect(plain(await broken.changes(job.run.id))).toMatchObject({
        totals: { events: 10, oldCost: '0', newCost: '20' },
        periods: [{ tenantId, month: '2026-03', events: 10 }],
      })
    })

    it('is interrupted with its process, after the current chunk', async () => {
      const { tenantId, cost } = await recorded(10)
      const rerating = reratingOf(stores(), prices)
      const { run, done } = await rerating.start(requestFor(tenantId))
      await rerating.stop()
      const interrupted = await done
      expect(interrupted.state).toBe('interrupted')
      expect(interrupted.totals.events).toBeLessThan(10)
      await (
        await reratingOf(stores(), prices).resume(run.id)
      ).done
      expect(await cost()).toEqual(['20', 0])
    })
  })

  describe('a run whose process is gone', () => {
    it('can be taken over, and its old process can write nothing more', async () => {
      const { tenantId, cost } = await recorded(10)
      const { rater, reached, release } = waitingRater()
      const old = await reratingOf(stores(), prices, { rater }).start(requestFor(tenantId))
      await reached
      await (
        await reratingOf(stores(), prices).resume(old.run.id)
      ).done
      release()
      await expect(old.done).rejects.toThrow(RatingRunLost)
      expect(await cost()).toEqual(['20', 0])
      expect(await stores().rerating.run(old.run.id)).toMatchObject({ state: 'completed', eventsRead: 10 })
    })
  })

  describe('two runs', () => {
    const holding = async (tenantId: string | null) => {
      const { rerating } = stores()
      const id = randomIds().uuidV7(Date.parse('2026-11-20T12:00:00Z'))
      const range = between('2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z')
      const startedAt = range.from
      const selection = { range, tenantId, provider: null, model: null, unpricedOnly: false }
      return rerating.start({ id, claim: randomIds().uuidV7(0), requestedBy: 'tests', reason: 'overlap', selection, startedAt, eventsTotal: 0 })
    }

    it('cannot cover the same tenants and time at once', async () => {
      const { tenantId } = await recorded(1)
      const other = await holding(tenantId)
      const start = (selection: Parameters<typeof requestFor>[1], of = tenantId) => reratingOf(stores(), prices).start(requestFor(of, selection))
      await expect(start({})).rejects.toThrow(RatingRunInProgress)
      await expect(start({})).rejects.toThrow(`run_${other.id}`)
      await expect(start({ tenantId: null })).rejects.toThrow(RatingRunInProgress)
      await (
        await start({ range: between('2026-04-01T00:00:00Z', '2026-05-01T00:00:00Z') })
      ).done
      await (
        await start({}, freshTenant().tenantId)
      ).done
      await reratingOf(stores(), prices).cancel(other.id)
      await (
        await start({})
      ).done
    })

    it('of the same selection, started at once: one starts', async () => {
      const { tenantId, cost } = await recorded(10)
      const { rater, release } = waitingRater()
      const started = await Promise.allSettled(Array.from({ length: 4 }, () => reratingOf(stores(), prices, { rater }).start(requestFor(tenantId))))
      release()
      const jobs = started.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []))
      expect(jobs).toHaveLength(1)
      expect(started.filter(result => result.status === 'rejected' && result.reason instanceof RatingRunInProgress)).toHaveLength(3)
      await Promise.all(jobs.map(({ done }) => done))
      expect(await cost()).toEqual(['20', 0])
    })
  })

  describe('a cancelled run', () => {
    it('stops correcting, and cannot be resumed', async () => {
      const { tenantId, cost } = await recorded(10)
      const rerating = reratingOf(stores(), prices, { rater: breaking(2) })
      const { run, done } = await rerating.start(requestFor(tenantId))
      await expect(done).rejects.toThrow('the catalogue broke')
      expect(await rerating.cancel(run.id)).toMatchObject({ state: 'cancelled', totals: { events: 3 } })
      await expect(rerating.resume(run.id)).rejects.toThrow(RatingRunEnded)
      await expect(rerating.cancel(run.id)).rejects.toThrow(RatingRunEnded)
      expect(await cost()).toEqual(['6', 7])
    })
  })

  it('rejects unknown runs, and lists known ones newest first', async () => {
    const rerating = reratingOf(stores(), prices)
    const unknown = randomIds().uuidV7(0)
    expect(await rerating.run(unknown)).toBeUndefined()
    await expect(rerating.resume(unknown)).rejects.toThrow(RatingRunUnknown)
    await expect(rerating.cancel('no id')).rejects.toThrow(RatingRunUnknown)
    const { tenantId } = freshTenant()
    const made: string[] = []
    for (let i = 0; i < 3; i++) {
      const { run, done } = await rerating.start(requestFor(tenantId))
      await done
      made.push(run.id)
    }
    const { items: runs } = await rerating.runs({ first: 1_000 })
    expect(runs.map(({ id }) => id)).toEqual(
      runs
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
    )
    expect(runs.map(({ id }) => id)).toEqual(expect.arrayContaining(made))
    const [first, second] = runs
    expect(await rerating.runs({ first: 1, after: first?.id ?? '' })).toMatchObject({ items: [{ id: second?.id }], hasMore: true })
  })

  it.each([
    ['a range that ends before it begins', { range: between('2026-04-01T00:00:00Z', '2026-03-01T00:00:00Z') }, 'range.to'],
    ['an empty model', { model: '' }, 'model'],
  ])('rejects %s', async (_, selection, field) => {
    await expect(reratingOf(stores(), prices).start(requestFor('acme', selection))).rejects.toThrow(field)
    await expect(reratingOf(stores(), prices).preview({ ...requestFor('acme').selection, ...selection })).rejects.toThrow(field)
  })

  it('rejects a run without a reason', async () => {
    await expect(reratingOf(stores(), prices).start({ ...requestFor('acme'), reason: '  ' })).rejects.toThrow('reason')
  })
}

/** Converts decimals to text, so that they compare by their digits. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
