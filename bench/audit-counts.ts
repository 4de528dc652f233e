import { randomBytes } from 'node:crypto'
import { createActivityLog, createAudit } from '@tollgate/audit'
import { postgresActivityStore, postgresAuditStore } from '@tollgate/audit/postgres'
import { type Clock, Decimal, randomIds, systemClock, Temporal } from '@tollgate/kernel'
import { openDatabase, openOwner, type PostgresDatabase } from '@tollgate/postgres'
import { createUsage, type Usage } from '@tollgate/usage'
import { memoryRejectedEventStore } from '@tollgate/usage/memory'
import { postgresUsageStore } from '@tollgate/usage/postgres'
import { countUsageCalls } from '../apps/server/src/features/audit/activity/count-usage-calls.ts'
import { type Benchmark, compare } from './benchmark.ts'
import { median, secondsFor } from './kit/measure.ts'
import { trackDraft } from './kit/sample-events.ts'
import { startTollgate } from './kit/tollgate.ts'

const CALLERS = 256
const SINGLE_EVENTS = 4_000
const BATCH = 1_000
const BATCHES = 12
const CONNECTIONS = 4
const ROUNDS = 31
/** Keys whose calls share the commits: a count for each of them is stored with each commit. */
const KEYS = 8

/**
 * The cost of counting usage for the audit log, in the transaction that records it: `track` with a counter against `track`
 * without one, on the same database, without HTTP and GraphQL, which would hide the cost. Short rounds take turns. The time
 * of the job that turns the counts into audit events is shared among the rounds, which together are less than a minute.
 */
export const auditCounts: Benchmark = {
  name: 'audit-counts',
  async run() {
    await using tollgate = await startTollgate({ connections: 1 })
    const owner = await openOwner({ url: tollgate.databaseUrl })
    await owner[Symbol.asyncDispose]()
    const database = await openDatabase(owner.access)
    const clock = minutes()
    const activity = createActivityLog({
      store: postgresActivityStore({ database, ids: randomIds() }),
      audit: createAudit({ store: postgresAuditStore({ database }), keys: { installation: 'bench', signingKeys: [] }, clock, ids: randomIds(), randomBytes }),
      clock,
    })
    const counting = makeUsage(database, countUsageCalls(activity))
    const plain = makeUsage(database)
    const rows = []
    for (const { name, ingest, events } of [
      { name: 'batches of 1,000, counted for the audit log / not counted', ingest: ingestBatches, events: BATCHES * BATCH },
      { name: '256 callers, one event each, counted for the audit log / not counted', ingest: ingestSingles, events: SINGLE_EVENTS },
    ]) {
      const [ours, peer]: [number[], number[]] = [[], []]
      for (let round = 0; round <= ROUNDS; round += 1) {
        // In turns, so that neither is always the first after the other.
        for (const isCounting of round % 2 === 0 ? [true, false] : [false, true]) {
          const seconds = await ingest(isCounting ? counting : plain)
          if (round > 0) (isCounting ? ours : peer).push(seconds) // The first round warms caches and compilers.
        }
      }
      clock.advance()
      const recording = await secondsFor([0], 1, async () => void (await activity.recordMinutes()))
      const [counted, notCounted] = [events / (median(ours) + recording / (ROUNDS + 1)), events / median(peer)]
      rows.push(compare({ name, ours: counted, peer: notCounted, unit: 'events/s', aim: { atLeast: 0.95 } }))
    }
    await Promise.all([counting.stop(), plain.stop()])
    await database.close()
    return rows
  },
}

/** A clock that moves on by two minutes at each call of `advance`. */
function minutes(): Clock & { advance(): void } {
  let now = Temporal.Instant.from('2026-11-20T12:00:00Z')
  return {
    now: () => now,
    advance: () => {
      now = now.add({ minutes: 2 })
    },
  }
}

function makeUsage(database: PostgresDatabase, callCounter?: ReturnType<typeof countUsageCalls>): Usage {
  return createUsage({
    store: postgresUsageStore({ database }),
    rejected: memoryRejectedEventStore(),
    rater: { rate: async events => events.map(() => ({ state: 'priced' as const, cost: ONE_CENT, priceId: null })) },
    clock: systemClock,
    ids: randomIds(),
    ...(callCounter && { callCounter }),
  })
}

const ONE_CENT = new Decimal('0.01')
let sent = 0

async function ingestBatches(usage: Usage): Promise<number> {
  const batches = Array.from({ length: BATCHES }, () => Array.from({ length: BATCH }, () => trackDraft(sent++)))
  return secondsFor(batches, CONNECTIONS, async (events, worker) => {
    await usage.track({ tenantId: 'bench', caller: `key_${worker % KEYS}`, events })
  })
}

async function ingestSingles(usage: Usage): Promise<number> {
  const drafts = Array.from({ length: SINGLE_EVENTS }, () => trackDraft(sent++))
  return secondsFor(drafts, CALLERS, async (draft, worker) => {
    const [tracked] = await usage.track({ tenantId: 'bench', caller: `key_${worker % KEYS}`, events: [draft] })
    if (tracked?.outcome !== 'accepted') throw new Error('An event was not accepted.')
  })
}
