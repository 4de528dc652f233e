import type { Pool } from 'pg'
import { to as copyTo } from 'pg-copy-streams'

/** A table with the columns, partitions and indexes of `usage.events`, for a peer. */
export const PEER_TABLE = 'peer.events'

/** Creates the table, empty. */
export async function createPeerTable(pool: Pool): Promise<void> {
  await pool.query(`
    drop schema if exists peer cascade;
    create schema peer;
    create table ${PEER_TABLE} (like usage.events including all) partition by range (occurred_at);
    create table peer.events_2026_11 partition of ${PEER_TABLE} for values from ('2026-11-01T00:00:00Z') to ('2026-12-01T00:00:00Z')`)
}

/** Returns the recorded events with these numbers, as lines in the text format of COPY. */
export async function recordedLines(pool: Pool, { from, count }: { from: number; count: number }): Promise<string[]> {
  const client = await pool.connect()
  try {
    const numbered = `(substr(idempotency_key, 7))::int`
    const rows = client.query(
      copyTo(`copy (select * from usage.events where ${numbered} >= ${from} and ${numbered} < ${from + count} order by ${numbered}) to stdout`),
    )
    let text = ''
    for await (const chunk of rows) text += String(chunk)
    const lines = text.split('\n').slice(0, -1)
    if (lines.length !== count) throw new Error(`${count} events were sent, ${lines.length} were recorded.`)
    return lines
  } finally {
    client.release()
  }
}
