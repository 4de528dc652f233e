import { openOwner } from '@tollgate/postgres'
import { openEntityDatabase } from '@tollgate/postgres/mikro-orm'
import { randomIds, systemClock } from '@tollgate/kernel'
import type { Pool } from 'pg'
import { composeTollgate } from '../apps/server/src/compose.ts'
import { entities } from '../apps/server/src/database/entities.ts'
import { type Benchmark, compare } from './benchmark.ts'
import { median, secondsFor } from './kit/measure.ts'
import { createPeerTable, PEER_TABLE } from './kit/peer-table.ts'
import { acceptedIn, trackDraft, trackRequest } from './kit/sample-events.ts'
import { type BenchmarkTollgate, startTollgate } from './kit/tollgate.ts'

const CALLERS = 256
const EVENTS = 10_000
const PEER_CONNECTIONS = 16
const ROUNDS = 3

/**
 * Many callers with one event each; each call is answered after its commit. The peer is one prepared INSERT per
 * transaction into a table with the same columns and indexes, on 16 connections.
 */
export const ingestSingle: Benchmark = {
  name: 'ingest-single',
  async run() {
    await using tollgate = await startTollgate({ connections: CALLERS })
    const pool = tollgate.connect(PEER_CONNECTIONS)
    await createPeerTable(pool)
    await ingest(tollgate, 0)
    const ours: number[] = []
    const peer: number[] = []
    for (let round = 1; round <= ROUNDS; round += 1) {
      ours.push(await ingest(tollgate, round))
      peer.push(await insert(pool, await recordedRows(pool, round)))
    }
    const inserts = median(peer)
    return [
      compare({ name: '256 callers, one event each / INSERT', ours: median(ours), peer: inserts, unit: 'events/s', aim: { atLeast: 3 } }),
      compare({
        name: 'the same without HTTP and GraphQL / INSERT',
        ours: await trackInProcess(tollgate),
        peer: inserts,
        unit: 'events/s',
        aim: { atLeast: 3 },
      }),
    ]
  },
}

/** Measures group commit alone: calls `track` in this process, without HTTP and GraphQL. */
async function trackInProcess({ databaseUrl }: BenchmarkTollgate): Promise<number> {
  const owner = await openOwner({ url: databaseUrl })
  await owner[Symbol.asyncDispose]()
  const database = await openEntityDatabase({ ...owner.access, entities })
  const { usage, stop } = composeTollgate({ database, clock: systemClock, ids: randomIds() })
  const rates: number[] = []
  for (let round = ROUNDS + 1; round <= 2 * ROUNDS + 1; round += 1) {
    const drafts = Array.from({ length: EVENTS }, (_, index) => trackDraft(round * EVENTS + index))
    const seconds = await secondsFor(drafts, CALLERS, async draft => {
      const [tracked] = await usage.track({ tenantId: 'bench', events: [draft] })
      if (tracked?.outcome !== 'accepted') throw new Error('An event was not accepted.')
    })
    rates.push(EVENTS / seconds)
  }
  await stop()
  await database.close()
  return median(rates.slice(1)) // The first round warms caches and compilers.
}

async function ingest({ send }: BenchmarkTollgate, round: number): Promise<number> {
  const requests = Array.from({ length: EVENTS }, (_, index) => trackRequest(1, round * EVENTS + index))
  const seconds = await secondsFor(requests, CALLERS, async request => {
    if (acceptedIn(await send(request)) !== 1) throw new Error('An event was not accepted.')
  })
  return EVENTS / seconds
}

async function recordedRows(pool: Pool, round: number): Promise<unknown[][]> {
  const number = `(substr(idempotency_key, 7))::int`
  const { rows } = await pool.query<unknown[]>({
    text: `select * from usage.events where ${number} >= $1 and ${number} < $2`,
    values: [round * EVENTS, (round + 1) * EVENTS],
    rowMode: 'array',
  })
  if (rows.length !== EVENTS) throw new Error(`${EVENTS} events were sent, ${rows.length} were recorded.`)
  return rows
}

async function insert(pool: Pool, rows: readonly unknown[][]): Promise<number> {
  const parameters = rows[0]?.map((_, index) => `$${index + 1}`).join(', ')
  const statement = { name: 'insert', text: `insert into ${PEER_TABLE} values (${parameters})` }
  const seconds = await secondsFor(rows, PEER_CONNECTIONS, async values => {
    await pool.query({ ...statement, values })
  })
  return rows.length / seconds
}
