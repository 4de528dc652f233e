import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { Decimal, OPERATOR_SCOPE, randomIds, settableClock, Temporal, tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createRerating, type ReratingDependencies } from '../../create-rerating.ts'
import type { RaterResult } from '../../model/event.ts'
import { RatingRunLost } from '../../model/rating-run-errors.ts'
import type { Rater } from '../../rater.ts'
import { usageEvent } from '../../testing/builders/usage-event.ts'
import type { CostBasis } from '../../usage-store.ts'
import { postgresReratingStore } from '../rerating-store.ts'
import { postgresRollupMaintenance } from '../rollup-maintenance.ts'
import { postgresUsageStore } from '../usage-store.ts'

const MARCH = { from: Temporal.Instant.from('2026-03-01T00:00:00Z'), to: Temporal.Instant.from('2026-04-01T00:00:00Z') }

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase({ poolSize: 12 })
})
afterAll(() => test.drop())
beforeEach(() =>
  test.asOwner(
    `truncate usage.events, usage.event_keys, usage.dimension_sets, usage.rollups_hourly, usage.rollups_daily, usage.latencies_hourly, usage.latencies_daily, usage.rollup_details_hourly, usage.rollup_details_daily,
       usage.cost_corrections, usage.correction_rollups_hourly, usage.correction_rollups_daily, usage.correction_details_hourly, usage.correction_details_daily, usage.rating_runs`,
  ),
)

const store = () => postgresUsageStore({ database: test.database })

/** A rater with one price per call. While `gate` is closed, it waits. */
const flatRater = (cost: string, gate: () => Promise<void> = async () => {}): Rater => ({
  async rate(events) {
    await gate()
    return events.map((): RaterResult => ({ state: 'priced', cost: new Decimal(cost), priceId: null }))
  },
})

const rerating = (more: Partial<ReratingDependencies> = {}) =>
  createRerating({
    store: postgresReratingStore(test.database),
    rater: flatRater('2'),
    clock: settableClock('2026-04-02T00:00:00Z'),
    ids: randomIds(),
    chunkEvents: 20,
    ...more,
  })

const request = { selection: { range: MARCH }, requestedBy: 'tests', reason: 'prices were corrected' }

/** Unpriced calls of three tenants, spread over a month. */
const calls = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    usageEvent({ tenantId: `t${i % 3}`, cost: null, model: `m${i % 2}`, occurredAt: MARCH.from.add({ minutes: (i * 7_919) % 44_640, microseconds: i }) }),
  )

async function totals(costs: CostBasis = 'corrected', range = MARCH) {
  const [group] = await store().measure(OPERATOR_SCOPE, { buckets: [range], costs })
  return group && { calls: group.measures.calls, cost: group.measures.cost.toFixed(), unpriced: group.measures.unpricedCalls }
}

const differences = () => postgresRollupMaintenance(test.database).verify(MARCH)

describe('a run beside writers', () => {
  it('corrects exactly the events that it reads, and the next run finds those that it missed', async () => {
    await store().commit(calls(600))
    let ingesting = true
    const writers = Array.from({ length: 4 }, async () => {
      const own = store()
      let recorded = 0
      while (ingesting) {
        const batch = calls(3)
        await own.commit(batch)
        recorded += batch.length
      }
      return recorded
    })
    const { done } = await rerating({ chunkEvents: 100 }).start(request)
    const first = await done
    const midway = await totals()
    ingesting = false
    const recorded = (await Promise.all(writers)).reduce((sum, count) => sum + count, 600)
    // So that some events are recorded before the cursor, and some after it.
    expect(recorded).toBeGreaterThan(first.totals.events)
    expect(first.totals.events).toBeGreaterThan(600)
    expect(first.totals.newCost.toFixed()).toBe(String(2 * first.totals.events))
    expect(midway?.cost).toBe(String(2 * first.totals.events))
    expect(await differences()).toEqual([])

    const second = await (await rerating().start(request)).done
    expect(first.totals.events + second.totals.events).toBe(recorded)
    expect(await totals()).toEqual({ calls: recorded, cost: String(2 * recorded), unpriced: 0 })
    expect(await totals('recorded')).toEqual({ calls: recorded, cost: '0', unpriced: recorded })
    expect((await (await rerating().start(request)).done).totals.events).toBe(0)
    expect(await differences()).toEqual([])
  })

  it('loses and duplicates nothing while its sums are rebuilt', async () => {
    await store().commit(calls(600))
    const maintenance = postgresRollupMaintenance(test.database)
    const { done } = await rerating({ chunkEvents: 5 }).start(request)
    let running = true
    void done.then(() => {
      running = false
    })
    let rebuilds = 0
    while (running) {
      await maintenance.rebuild({ from: MARCH.from, to: MARCH.from.add({ hours: 72 }) })
      rebuilds += 1
    }
    expect(rebuilds).toBeGreaterThan(1)
    expect(await differences()).toEqual([])
    expect(await totals()).toEqual({ calls: 600, cost: '1200', unpriced: 0 })
  })
})

describe('a run whose connection breaks', () => {
  it('writes nothing of the interrupted step, and resumes exactly', async () => {
    await store().commit(calls(200))
    let chunks = 0
    const { promise: blocked, resolve: block } = Promise.withResolvers<void>()
    const gate = async () => {
      chunks += 1
      if (chunks !== 4) return
      // The step has advanced the run, and waits here before its corrections.
      await test.asOwner('begin')
      await test.asOwner('lock table usage.correction_rollups_daily in access exclusive mode')
      block()
    }
    const { run, done } = await rerating({ rater: flatRater('2', gate) }).start(request)
    const outcome = done.then(
      () => 'completed',
      (error: unknown) => String(error),
    )
    await blocked
    await expect
      .poll(() =>
        test.asOwner(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()`,
        ),
      )
      .toHaveLength(1)
    await test.asOwner('commit')
    expect(await outcome).toMatch(/terminat/i)
    const stopped = await rerating().run(run.id)
    expect(stopped).toMatchObject({ state: 'failed', eventsRead: 60, totals: { events: 60 } })
    expect(await totals()).toEqual({ calls: 200, cost: '120', unpriced: 140 })
    expect(await differences()).toEqual([])

    await (
      await rerating().resume(run.id)
    ).done
    expect(await totals()).toEqual({ calls: 200, cost: '400', unpriced: 0 })
    expect(await differences()).toEqual([])
    expect((await rerating().changes(run.id)).totals.events).toBe(200)
  })
})

describe('processes that resume the same run at once', () => {
  it('take it over from each other, and correct every event once', async () => {
    await store().commit(calls(400))
    const { run, done } = await rerating({ chunkEvents: 10 }).start(request)
    const outcomes = [done]
    for (let i = 0; i < 5; i++) {
      const resumed = await rerating({ chunkEvents: 10 })
        .resume(run.id)
        .catch(() => undefined)
      if (resumed !== undefined) outcomes.push(resumed.done)
    }
    const settled = await Promise.allSettled(outcomes)
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(settled.every(result => result.status === 'fulfilled' || result.reason instanceof RatingRunLost)).toBe(true)
    expect(await rerating().run(run.id)).toMatchObject({ state: 'completed', eventsRead: 400, totals: { events: 400 } })
    expect(await totals()).toEqual({ calls: 400, cost: '800', unpriced: 0 })
    expect(await differences()).toEqual([])
  })
})

describe('sums of corrections', () => {
  const corrected = async () => {
    await store().commit(calls(50))
    await (
      await rerating().start(request)
    ).done
  }

  it('are verified and rebuilt', async () => {
    await corrected()
    await test.asOwner(
      `update usage.correction_rollups_hourly set cost = cost + 0.005 where (tenant_id, bucket_start, dimension_set_id) in (select tenant_id, bucket_start, dimension_set_id from usage.correction_rollups_hourly limit 1)`,
    )
    await test.asOwner(`delete from usage.correction_rollups_daily`)
    await test.asOwner(`update usage.correction_details_hourly set unpriced_calls = unpriced_calls - 1`)
    await test.asOwner(`delete from usage.correction_details_daily`)
    const found = await differences()
    expect(found.filter(({ table }) => table === 'correction_rollups_hourly')).toMatchObject([
      { measure: 'cost', expected: expect.stringMatching(/^\d+$/) as string, actual: expect.stringMatching(/\.005$/) as string },
    ])
    expect(new Set(found.map(({ table }) => table))).toEqual(
      new Set(['correction_rollups_hourly', 'correction_rollups_daily', 'correction_details_hourly', 'correction_details_daily']),
    )
    expect(new Set(found.filter(({ table }) => table.startsWith('correction_details')).map(({ measure }) => measure))).toEqual(
      new Set(['unpriced_calls.unknown_model']),
    )
    await postgresRollupMaintenance(test.database).rebuild(MARCH)
    expect(await differences()).toEqual([])
    expect(await totals()).toEqual({ calls: 50, cost: '100', unpriced: 0 })
  })

  it('and corrections can be neither changed by the application nor read by another tenant', async () => {
    await corrected()
    const other = tenantScope('nobody')
    for (const table of [
      'cost_corrections',
      'correction_rollups_hourly',
      'correction_rollups_daily',
      'correction_details_hourly',
      'correction_details_daily',
      'rating_runs',
    ])
      expect(await test.database.query(other, `select 1 from usage.${table}`)).toEqual([])
    expect(await test.database.query(tenantScope('t1'), 'select distinct tenant_id from usage.cost_corrections')).toEqual([{ tenant_id: 't1' }])
    for (const change of [
      'update usage.cost_corrections set new_cost = 0',
      'delete from usage.cost_corrections',
      'delete from usage.correction_rollups_daily',
      'delete from usage.rating_runs',
    ])
      await expect(test.database.query(OPERATOR_SCOPE, change)).rejects.toThrow('permission denied')
  })
})
