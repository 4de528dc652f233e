import { OPERATOR_SCOPE, Temporal, tenantScope } from '@tollgate/kernel'
import { openOwner, postgresMigrations, type SqlMigration } from '@tollgate/postgres'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { usageEvent } from '../../testing/builders/usage-event.ts'
import { dimensionSetId } from '../schema/dimension-set-id.ts'
import { dimensionsOf } from '../../model/dimension.ts'
import { postgresReratingStore } from '../rerating-store.ts'
import { postgresRollupMaintenance } from '../rollup-maintenance.ts'
import { postgresUsageStore } from '../usage-store.ts'
import { usageMigrations } from './index.ts'

const ACME = tenantScope('acme')
const DAY = { from: Temporal.Instant.from('2026-03-10T00:00:00Z'), to: Temporal.Instant.from('2026-03-11T00:00:00Z') }
/** Recorded before the upgrade. */
const PRICED = usageEvent({ occurredAt: '2026-03-10T12:00:00Z', tokens: { input: 10, output: 5 }, latencyMs: 100 })
const UNPRICED = usageEvent({ occurredAt: '2026-03-10T13:10:00Z', tokens: null, rating: { state: 'unpriced', cost: null, priceId: null } })

let test: TestDatabase

async function migrate(migrations: readonly SqlMigration[]): Promise<void> {
  await using owner = await openOwner({ url: test.url })
  await owner.migrate(migrations)
}

/** A database as it was before events had units, with two events. */
beforeAll(async () => {
  test = await createTestDatabase()
  const [before, after] = [usageMigrations.filter(({ name }) => name < 'usage/0010'), usageMigrations.filter(({ name }) => name >= 'usage/0010')]
  expect(after.length).toBeGreaterThan(0)
  await test.asOwner('drop schema usage cascade')
  await test.asOwner(`delete from tollgate.migrations where name not like 'kernel/%'`)
  await migrate([...postgresMigrations, ...before])
  await test.asOwner(`select usage.ensure_partition('2026-03-01')`)
  for (const event of [PRICED, UNPRICED]) {
    const setId = dimensionSetId(dimensionsOf(event))
    const at = event.occurredAt.toString()
    await test.asOwner(
      `insert into usage.dimension_sets (id, tenant_id, provider, model, operation, status) values ($1, 'acme', 'openai', 'gpt-5-mini', 'chat_message', 'success') on conflict do nothing`,
      [setId],
    )
    await test.asOwner(
      `insert into usage.event_keys (tenant_id, idempotency_key, payload_hash, occurred_at_sent, occurred_at, event_id) values ('acme', $1, decode($2, 'hex'), true, $3, $4)`,
      [event.idempotencyKey, event.payloadHash, at, event.id],
    )
    await test.asOwner(
      `insert into usage.events (id, dimension_set_id, occurred_at, recorded_at, input_tokens, output_tokens, latency_ms, latency_bin, tenant_id, idempotency_key, pricing_state, cost)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'acme', $9, $10, $11)`,
      [
        event.id,
        setId,
        at,
        event.recordedAt.toString(),
        event.tokens?.input,
        event.tokens?.output,
        event.latencyMs,
        event.latencyMs === null ? null : 230,
        event.idempotencyKey,
        event.rating.state,
        event.rating.cost?.toFixed(),
      ],
    )
  }
  await test.database.query(OPERATOR_SCOPE, `select usage.rebuild_rollups('2026-03-10T00:00:00Z')`)
  await migrate([...postgresMigrations, ...usageMigrations])
})
afterAll(() => test.drop())

const store = () => postgresUsageStore({ database: test.database })
const totals = async (range = DAY) => (await store().measure(ACME, { buckets: [range] }))[0]?.measures

describe('a database with usage from before events had units', () => {
  it('keeps its events and sums', async () => {
    const read = await store().eventsById(ACME, [PRICED.id, UNPRICED.id])
    for (const { payloadHash: _hash, occurredAtSent: _sent, ...event } of [PRICED, UNPRICED]) expect(read).toContainEqual(event)
    for (const range of [DAY, { from: DAY.from.add({ minutes: 1 }), to: DAY.to.subtract({ minutes: 1 }) }]) {
      const sums = await totals(range)
      expect(sums).toMatchObject({ calls: 2, unpricedCalls: 1, unpricedReasons: [], units: [], tokens: { total: 15n, input: 10n, output: 5n } })
      expect(sums?.cost.toFixed()).toBe('0.01')
    }
    expect(await postgresRollupMaintenance(test.database).verify(DAY)).toEqual([])
  })

  it('recognises events that were recorded before as duplicates', async () => {
    expect(await store().commit([{ ...PRICED, id: usageEvent().id }])).toMatchObject([{ outcome: 'duplicate', eventId: PRICED.id }])
  })

  it('adds new events to the same sums, and rates earlier ones again', async () => {
    await store().commit([
      usageEvent({ occurredAt: '2026-03-10T12:30:00Z', tokens: { videoInput: 7 }, units: [{ kind: 'web_search', quantity: '3' }], cost: null }),
    ])
    const sums = await totals()
    expect(sums).toMatchObject({ calls: 3, unpricedCalls: 2, unpricedReasons: [{ reason: 'unknown_model', calls: 1 }], tokens: { total: 22n, videoInput: 7n } })
    expect(sums?.units.map(({ kind, quantity }) => `${kind} ${quantity.toFixed()}`)).toEqual(['web_search 3'])
    expect(await postgresRollupMaintenance(test.database).verify(DAY)).toEqual([])
    const selection = { range: DAY, tenantId: 'acme', provider: null, model: null, unpricedOnly: true }
    const { events } = await postgresReratingStore(test.database).read(selection, { after: null, limit: 10 })
    expect(events.map(({ effective, units }) => [effective.unpricedReason, units.length])).toEqual([
      ['unknown_model', 1],
      [null, 0],
    ])
  })
})
