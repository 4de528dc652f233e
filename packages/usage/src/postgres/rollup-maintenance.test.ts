import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { usageEvent } from '../testing/builders/usage-event.ts'
import { postgresRollupMaintenance } from './rollup-maintenance.ts'
import { postgresUsageStore } from './usage-store.ts'

const MARCH_10 = { from: Temporal.Instant.from('2026-03-10T00:00:00Z'), to: Temporal.Instant.from('2026-03-11T00:00:00Z') }
const NEAR = { from: Temporal.Instant.from('2026-03-09T13:00:00Z'), to: Temporal.Instant.from('2026-03-11T01:00:00Z') }

let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

/** Events of two tenants and two hours, with every measure. */
const EVENTS = [
  usageEvent({ tenantId: 'acme', occurredAt: '2026-03-10T09:59:59.999999Z', latencyMs: 120, quantity: '1.5', reportedCost: '0.1' }),
  usageEvent({
    tenantId: 'acme',
    occurredAt: '2026-03-10T10:00:00Z',
    latencyMs: 0,
    cost: null,
    tokens: {
      input: 1,
      output: 2,
      cacheRead: 3,
      cacheWrite5m: 4,
      cacheWrite1h: 5,
      reasoning: 6,
      audioInput: 7,
      audioOutput: 8,
      imageInput: 9,
      imageOutput: 10,
      videoInput: 11,
      cacheWrite12h: 12,
    },
    units: [
      { kind: 'web_search', quantity: '2' },
      { kind: 'image', quantity: '0.5', variant: 'hd' },
    ],
  }),
  usageEvent({ tenantId: 'acme', occurredAt: '2026-03-10T10:30:00Z', latencyMs: 120, tokens: null }),
  usageEvent({ tenantId: 'globex', occurredAt: '2026-03-10T23:59:59.999999Z', latencyMs: 5000, status: 'failure' }),
]

beforeEach(async () => {
  await test.asOwner(
    'truncate usage.events, usage.event_keys, usage.dimension_sets, usage.rollups_hourly, usage.rollups_daily, usage.latencies_hourly, usage.latencies_daily, usage.rollup_details_hourly, usage.rollup_details_daily',
  )
  await postgresUsageStore({ database: test.database }).commit(EVENTS)
})

describe('verify', () => {
  const verify = () => postgresRollupMaintenance(test.database).verify(NEAR)

  it('finds nothing if the rollups match the events', async () => {
    expect(await verify()).toEqual([])
  })

  it('reports the row, the measure and both values of a wrong sum', async () => {
    await test.asOwner(`update usage.rollups_hourly set cost = cost + 0.005 where bucket_start = '2026-03-10T09:00:00Z'`)
    expect(await verify()).toMatchObject([
      {
        table: 'rollups_hourly',
        bucketStart: Temporal.Instant.from('2026-03-10T09:00:00Z'),
        tenantId: 'acme',
        measure: 'cost',
        expected: '0.01',
        actual: '0.015',
      },
    ])
  })

  it.each([
    { table: 'rollups_hourly', rows: 3 },
    { table: 'rollups_daily', rows: 2 },
  ])('finds missing rows of $table', async ({ table, rows }) => {
    await test.asOwner(`delete from usage.${table}`)
    const found = await verify()
    expect(found.filter(difference => difference.measure === 'calls')).toHaveLength(rows)
    expect(new Set(found.map(difference => [difference.table, difference.actual].join()))).toEqual(new Set([`${table},0`, `${table},`]))
  })

  it('finds rows without events', async () => {
    await test.asOwner(`update usage.rollups_daily set bucket_start = '2026-03-09T00:00:00Z' where tenant_id = 'globex'`)
    const calls = (await verify()).filter(difference => difference.measure === 'calls')
    expect(calls).toMatchObject([
      { bucketStart: Temporal.Instant.from('2026-03-09T00:00:00Z'), tenantId: 'globex', expected: '0', actual: '1' },
      { bucketStart: Temporal.Instant.from('2026-03-10T00:00:00Z'), tenantId: 'globex', expected: '1', actual: '0' },
    ])
  })

  it('reports wrong, missing and needless details by measure, name and variant', async () => {
    await test.asOwner(`update usage.rollup_details_hourly set quantity = quantity + 0.5 where name = 'image'`)
    await test.asOwner(`delete from usage.rollup_details_daily where name in ('videoInput', 'unknown_model')`)
    await test.asOwner(`update usage.rollup_details_daily set name = 'maps_search' where name = 'web_search'`)
    expect((await verify()).map(({ table, tenantId, measure, expected, actual }) => [table, tenantId, measure, expected, actual])).toEqual([
      ['rollup_details_daily', 'acme', 'tokens.videoInput', '11', '0'],
      ['rollup_details_daily', 'acme', 'units.maps_search', '0', '2'],
      ['rollup_details_daily', 'acme', 'units.web_search', '2', '0'],
      ['rollup_details_daily', 'acme', 'unpriced_calls.unknown_model', '1', '0'],
      ['rollup_details_hourly', 'acme', 'units.image.hd', '0.5', '1'],
    ])
  })

  it('finds latencies in the wrong bin, merged or unmerged', async () => {
    const wrong = [{ table: 'rollups_daily', tenantId: 'globex', measure: 'latency_bins', expected: '426:1', actual: '427:1' }]
    await test.asOwner(`update usage.rollups_daily set latency_tail[1] = latency_tail[1] + (1::bigint << 40) where tenant_id = 'globex'`)
    expect(await verify()).toMatchObject(wrong)
    await postgresRollupMaintenance(test.database).rebuild(MARCH_10)
    expect(await verify()).toEqual([])
    await test.asOwner(`update usage.latencies_daily set bins[1] = bins[1] + (1::bigint << 40) where tenant_id = 'globex'`)
    expect(await verify()).toMatchObject(wrong)
  })
})

describe('rebuild', () => {
  it('rebuilds rollups from events, and reports its progress', async () => {
    await test.asOwner(`delete from usage.rollups_hourly where tenant_id = 'acme'`)
    await test.asOwner(`delete from usage.rollup_details_hourly`)
    await test.asOwner(`update usage.rollup_details_daily set quantity = 99`)
    await test.asOwner(`update usage.rollups_daily set calls = 99, bucket_start = bucket_start - interval '1 day' where tenant_id = 'globex'`)
    const maintenance = postgresRollupMaintenance(test.database)
    const progress: unknown[] = []
    await maintenance.rebuild(NEAR, done => progress.push(done))
    expect(progress).toEqual([1, 2, 3].map(daysDone => ({ daysDone, daysTotal: 3 })))
    expect(await maintenance.verify(NEAR)).toEqual([])
    const [total] = await postgresUsageStore({ database: test.database }).measure(OPERATOR_SCOPE, { buckets: [MARCH_10] })
    expect(total?.measures.calls).toBe(4)
    expect(total?.measures.tokens).toMatchObject({ videoInput: 11n, cacheWrite12h: 12n })
    expect(total?.measures.units.map(({ kind, quantity }) => `${kind} ${quantity.toFixed()}`)).toEqual(['image 0.5', 'web_search 2'])
  })

  it('does not change other days', async () => {
    await test.asOwner(`update usage.rollups_daily set calls = 99`)
    const maintenance = postgresRollupMaintenance(test.database)
    await maintenance.rebuild({ from: MARCH_10.from.subtract({ hours: 24 }), to: MARCH_10.from })
    expect((await maintenance.verify(MARCH_10)).map(difference => difference.actual)).toEqual(['99', '99'])
  })

  it('neither loses nor duplicates events that are committed meanwhile', async () => {
    const maintenance = postgresRollupMaintenance(test.database)
    let writing = true
    const writers = Promise.all(
      [0, 1, 2, 3].map(async writer => {
        const store = postgresUsageStore({ database: test.database })
        for (let batch = 0; batch < 15; batch++) {
          await store.commit(
            Array.from({ length: 20 }, (_, i) =>
              usageEvent({
                occurredAt: `2026-03-10T${String((writer + i) % 24).padStart(2, '0')}:00:00Z`,
                latencyMs: i * writer,
                ...(i % 3 === 0 && { cost: null, tokens: { videoInput: i }, units: [{ kind: `kind_${i % 2}`, quantity: '1' }] }),
              }),
            ),
          )
        }
      }),
    ).finally(() => {
      writing = false
    })
    let rebuilds = 0
    while (writing) {
      await maintenance.rebuild(MARCH_10)
      rebuilds += 1
    }
    await writers
    expect(rebuilds).toBeGreaterThan(3)
    expect(await maintenance.verify(MARCH_10)).toEqual([])
    const [total] = await postgresUsageStore({ database: test.database }).measure(OPERATOR_SCOPE, { buckets: [MARCH_10] })
    expect(total?.measures.calls).toBe(EVENTS.length + 4 * 15 * 20)
  })

  it('is the only way for the application to delete rollups', async () => {
    for (const table of [
      'usage.rollups_hourly',
      'usage.rollups_daily',
      'usage.latencies_hourly',
      'usage.latencies_daily',
      'usage.rollup_details_hourly',
      'usage.rollup_details_daily',
      'usage.correction_details_hourly',
      'usage.correction_details_daily',
      'usage.events',
      'usage.event_keys',
      'usage.dimension_sets',
    ]) {
      await expect(test.database.query(OPERATOR_SCOPE, `delete from ${table}`)).rejects.toThrow(/permission denied/)
    }
  })
})

describe('extent', () => {
  it('covers whole days, from the first event to the last', async () => {
    await postgresUsageStore({ database: test.database }).commit([usageEvent({ tenantId: 'globex', occurredAt: '2025-12-31T23:59:59Z' })])
    expect(await postgresRollupMaintenance(test.database).extent()).toEqual({ from: Temporal.Instant.from('2025-12-31T00:00:00Z'), to: MARCH_10.to })
  })

  it('includes rollups without events, so that verification finds them', async () => {
    await test.asOwner(`update usage.rollups_daily set bucket_start = '2026-04-01T00:00:00Z' where tenant_id = 'globex'`)
    expect(await postgresRollupMaintenance(test.database).extent()).toEqual({ from: MARCH_10.from, to: Temporal.Instant.from('2026-04-02T00:00:00Z') })
  })

  it('is undefined without events', async () => {
    await test.asOwner('truncate usage.events, usage.rollups_hourly, usage.rollups_daily')
    expect(await postgresRollupMaintenance(test.database).extent()).toBeUndefined()
  })
})
