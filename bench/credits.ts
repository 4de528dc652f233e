import { createCredits, type Credits } from '@tollgate/credits'
import { creditsMigrations, postgresCreditStore } from '@tollgate/credits/postgres'
import { randomIds, systemClock } from '@tollgate/kernel'
import type { Pool } from 'pg'
import { type Benchmark, compare } from './benchmark.ts'
import { median, secondsFor } from './kit/measure.ts'
import { startPackageDatabase } from './kit/package-database.ts'

const CALLERS = 1_024
const CALLS = 60_000
const PEER_CALLS = 8_000
/** Connections of the peer. On a hot row, more connections would only wait for each other. */
const PEER_CONNECTIONS = 16
const ROUNDS = 5
const HISTORY = { short: 1_000, long: 1_000_000 }
const READS = 500

/**
 * `spend` by 1,024 concurrent callers on one wallet: durable, exact, past its limit, with an entry for each amount. The peer
 * is a prepared conditional UPDATE for each call, which keeps no ledger. Then readings of two wallets with short and long histories.
 */
export const credits: Benchmark = {
  name: 'credits',
  async run() {
    await using started = await startPackageDatabase(creditsMigrations)
    const ids = randomIds()
    const made = createCredits({ store: postgresCreditStore({ database: started.database, ids }), clock: systemClock, ids })
    const pool = started.connect(PEER_CONNECTIONS)
    const [ours, peer]: [number[], number[]] = [[], []]
    for (let round = 0; round <= ROUNDS; round += 1) {
      const spends = await spend(made, round)
      const updates = await update(pool)
      if (round === 0) continue // Warms the compiler.
      ours.push(spends)
      peer.push(updates)
    }
    const [long, short] = await readHistories(made, pool)
    return [
      compare({ name: 'spending from a hot wallet / conditional UPDATE', ours: median(ours), peer: median(peer), unit: 'calls/s', aim: { atLeast: 20 } }),
      compare({ name: 'reading a wallet with 1,000,000 entries / 1,000', ours: long, peer: short, unit: 'ms', aim: { atMost: 1.2 } }),
    ]
  },
}

async function spend(made: Credits, round: number): Promise<number> {
  const owner = { tenantId: 'bench', customerId: `round-${round}` }
  const limit = CALLS * 0.9
  await made.grant({ ...owner, amount: String(limit), idempotencyKey: owner.customerId })
  let admitted = 0
  const seconds = await secondsFor(Array.from({ length: CALLS }), CALLERS, async () => {
    const { allowed } = await made.spend({ ...owner, amount: '1' })
    if (allowed) admitted += 1
  })
  if (admitted !== limit) throw new Error(`${admitted} of ${limit} credits were spent.`)
  return CALLS / seconds
}

async function update(pool: Pool): Promise<number> {
  await pool.query('drop schema if exists peer cascade')
  await pool.query('create schema peer')
  await pool.query('create table peer.balances (id text primary key, available numeric not null) with (fillfactor = 40)')
  await pool.query("insert into peer.balances values ('hot', $1)", [PEER_CALLS * 0.9])
  const text = 'update peer.balances set available = available - $2 where id = $1 and available >= $2 returning available'
  const seconds = await secondsFor(Array.from({ length: PEER_CALLS }), CALLERS, async () => {
    await pool.query({ name: 'take', text, values: ['hot', '1'] })
  })
  return PEER_CALLS / seconds
}

/** Returns the median milliseconds for a wallet, its last entries and its balance an hour ago. */
async function readHistories(made: Credits, pool: Pool): Promise<readonly [long: number, short: number]> {
  const histories = [HISTORY.long, HISTORY.short]
  for (const entries of histories) {
    const { wallet } = await made.grant({ tenantId: 'bench', customerId: `history-${entries}`, amount: String(entries), idempotencyKey: `history-${entries}` })
    await pool.query(
      `insert into credits.entries (tenant_id, wallet_id, sequence, kind, occurred_at, recorded_at, available, consumed, balance_after, consumed_after)
        select 'bench', $1::uuid, n, 'debit', t, t, -1, 1, $2::int - n + 1, n - 1 from (
          select n, now() - interval '1 day' + n * interval '1 day' / $2::int as t from generate_series(2, $2::int) as n) as days`,
      [wallet.id, entries],
    )
    await pool.query("update credits.wallets set sequence = $2::int, available = 1, consumed = $2::int - 1 where tenant_id = 'bench' and id = $1", [
      wallet.id,
      entries,
    ])
  }
  await pool.query('vacuum analyze credits.entries')
  const times = histories.map((): number[] => [])
  const anHourAgo = systemClock.now().subtract({ hours: 1 })
  for (let read = 0; read < READS; read += 1) {
    for (const [i, entries] of histories.entries()) {
      const owner = { tenantId: 'bench', customerId: `history-${entries}` }
      const began = performance.now()
      await made.wallet(owner)
      await made.entries({ ...owner, first: 20 })
      await made.balanceAt(owner, anHourAgo)
      times[i]?.push(performance.now() - began)
    }
  }
  const [long = [], short = []] = times
  return [median(long), median(short)]
}
