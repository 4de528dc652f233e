import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import type { Pool } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type Benchmark, compare } from './benchmark.ts'
import { median, secondsFor } from './kit/measure.ts'
import { createPeerTable, PEER_TABLE, recordedLines } from './kit/peer-table.ts'
import { acceptedIn, trackRequest } from './kit/sample-events.ts'
import { type BenchmarkTollgate, startTollgate } from './kit/tollgate.ts'

const BATCH = 1_000
const BATCHES = 40
const CONNECTIONS = 4
const ROUNDS = 5

/**
 * Durable ingest over HTTP GraphQL, with authentication, validation, rating, deduplication and rollups. The peer is COPY
 * of the same rows into a table with the same columns and indexes, with a commit for each 1,000 rows, on as many connections.
 */
export const ingestBatches: Benchmark = {
  name: 'ingest-batches',
  async run() {
    await using tollgate = await startTollgate({ connections: CONNECTIONS })
    const pool = tollgate.connect(CONNECTIONS)
    await createPeerTable(pool)
    await ingest(tollgate, 0) // The first round warms caches and compilers, and is not counted.
    const ours: number[] = []
    const peer: number[] = []
    for (let round = 1; round <= ROUNDS; round += 1) {
      ours.push(await ingest(tollgate, round))
      peer.push(await copy(pool, await recordedLines(pool, { from: firstOf(round), count: BATCH * BATCHES })))
    }
    return [compare({ name: 'batches of 1,000 over GraphQL / COPY', ours: median(ours), peer: median(peer), unit: 'events/s', aim: { atLeast: 0.4 } })]
  },
}

function firstOf(round: number): number {
  return round * BATCH * BATCHES
}

async function ingest({ send }: BenchmarkTollgate, round: number): Promise<number> {
  const requests = Array.from({ length: BATCHES }, (_, batch) => trackRequest(BATCH, firstOf(round) + batch * BATCH))
  const seconds = await secondsFor(requests, CONNECTIONS, async request => {
    const accepted = acceptedIn(await send(request))
    if (accepted !== BATCH) throw new Error(`${accepted} of ${BATCH} events were accepted.`)
  })
  return (BATCH * BATCHES) / seconds
}

async function copy(pool: Pool, lines: readonly string[]): Promise<number> {
  const batches = Array.from({ length: BATCHES }, (_, batch) => `${lines.slice(batch * BATCH, (batch + 1) * BATCH).join('\n')}\n`)
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => pool.connect()))
  const seconds = await secondsFor(batches, CONNECTIONS, async (batch, worker) => {
    const client = clients[worker]
    if (client !== undefined) await pipeline(Readable.from([batch]), client.query(copyFrom(`copy ${PEER_TABLE} from stdin`)))
  })
  for (const client of clients) client.release()
  return lines.length / seconds
}
