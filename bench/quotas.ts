import { createQuotas, type PolicyDraft } from '@tollgate/quotas'
import { postgresQuotaStore, quotasMigrations } from '@tollgate/quotas/postgres'
import type { Pool } from 'pg'
import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible'
import { type Benchmark, type BenchmarkRow, compare } from './benchmark.ts'
import { median } from './kit/measure.ts'
import { type PackageDatabase, startPackageDatabase } from './kit/package-database.ts'

const CALLERS = 1_024
const KEYS = 1_000
const ROUNDS = 5
/** Connections of each peer. On a hot row, more connections would only wait for each other. */
const PEER_CONNECTIONS = 16
const MONTH_SECONDS = 30 * 86_400

/** Takes one unit of a key, and returns whether it was admitted. */
type Take = (key: number) => Promise<boolean>

/** A number of calls, spread evenly over the keys. */
interface Load {
  readonly calls: number
  readonly keys: number
  readonly limit: number
}

/** Calls per second of each contender, one value per round. */
interface Contender {
  readonly load: Load
  readonly start: (load: Load, round: number) => Promise<{ take: Take; stop?: () => Promise<void> }>
}

/**
 * `enforce` with `consume: true` by 1,024 concurrent callers: durable and exact, and with leases. The peers are a prepared
 * conditional UPDATE for each call, on 16 connections to the same PostgreSQL, and the limiters of `rate-limiter-flexible`.
 * Each of the 1,000 keys is a customer of one tenant. All rows but one run past their limits, and count admitted calls.
 */
export const quotas: Benchmark = {
  name: 'quotas',
  async run() {
    await using started = await startPackageDatabase(quotasMigrations)
    const pool = started.connect(PEER_CONNECTIONS)
    const hot: PolicyDraft = { metric: 'requests', window: 'month', limit: '0' }
    const many: PolicyDraft = { ...hot, scope: ['customer'] }
    const contenders = {
      hot: { load: { calls: 300_000, keys: 1, limit: 250_000 }, start: ours(started, hot) },
      hotUpdate: { load: { calls: 8_000, keys: 1, limit: 7_000 }, start: conditionalUpdate(pool) },
      hotLimiter: { load: { calls: 8_000, keys: 1, limit: 7_000 }, start: postgresLimiter(pool) },
      many: { load: { calls: 100_000, keys: KEYS, limit: 80 }, start: ours(started, many) },
      manyUpdate: { load: { calls: 30_000, keys: KEYS, limit: 25 }, start: conditionalUpdate(pool) },
      leased: { load: { calls: 4_000_000, keys: 1, limit: 3_980_000 }, start: ours(started, { ...hot, lease: true }) },
      memoryLimiter: { load: { calls: 4_000_000, keys: 1, limit: 3_980_000 }, start: memoryLimiter },
      leasedWithin: { load: { calls: 4_000_000, keys: 1, limit: 1_000_000_000 }, start: ours(started, { ...hot, lease: true }) },
      memoryWithin: { load: { calls: 4_000_000, keys: 1, limit: 1_000_000_000 }, start: memoryLimiter },
    } satisfies Record<string, Contender>

    const rates: Record<string, number[]> = {}
    const admissions = { allowed: 0, over: 0, denied: 0 }
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const [name, contender] of Object.entries<Contender>(contenders)) {
        const { perSecond, admitted } = await measure(contender, round)
        const { calls, keys, limit } = contender.load
        if (contender.start !== memoryLimiter && !name.endsWith('Update') && !name.endsWith('Limiter')) {
          const allowed = Math.min(calls, keys * limit)
          admissions.allowed += allowed
          admissions.over += Math.max(0, admitted - allowed)
          admissions.denied += Math.max(0, allowed - admitted)
        }
        // The first round warms up the compiler.
        if (round > 0) (rates[name] ??= []).push(perSecond)
      }
    }
    const of = (name: keyof typeof contenders) => median(rates[name] ?? [])
    const row = (name: string, one: keyof typeof contenders, peer: keyof typeof contenders, atLeast: number): BenchmarkRow =>
      compare({ name, ours: of(one), peer: of(peer), unit: 'calls/s', aim: { atLeast } })
    const none = (name: string, count: number) => compare({ name, ours: count, peer: admissions.allowed, unit: 'calls', aim: { atMost: 0 } })
    return [
      row('hot quota, exact / conditional UPDATE', 'hot', 'hotUpdate', 50),
      row('hot quota, exact / rate-limiter-flexible, PostgreSQL', 'hot', 'hotLimiter', 50),
      row('1,000 quotas, exact / conditional UPDATE', 'many', 'manyUpdate', 5),
      row('hot quota, leased / rate-limiter-flexible, memory', 'leasedWithin', 'memoryWithin', 0.75),
      row('the same, to the limit and past it', 'leased', 'memoryLimiter', 0.75),
      none('admitted over a limit / limits', admissions.over),
      none('denied under a limit / limits', admissions.denied),
    ]
  },
}

async function measure({ load, start }: Contender, round: number): Promise<{ perSecond: number; admitted: number }> {
  const { take, stop } = await start(load, round)
  let next = 0
  let admitted = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      for (let call = next++; call < load.calls; call = next++) if (await take(call % load.keys)) admitted += 1
    }),
  )
  const seconds = (performance.now() - began) / 1_000
  await stop?.()
  return { perSecond: load.calls / seconds, admitted }
}

function ours({ database, listener }: PackageDatabase, policy: PolicyDraft): Contender['start'] {
  return async ({ limit }, round) => {
    const made = createQuotas({ store: postgresQuotaStore({ database, listener }), policies: [{ ...policy, limit: String(limit) }] })
    const tenantId = `${round}-${policy.scope?.length ?? 0}-${policy.lease === true}-${limit}`
    const requests = [{ metric: 'requests', amount: '1' }] as const
    const take: Take =
      policy.scope === undefined
        ? async () => (await made.enforce({ tenantId, requests, consume: true })).allowed
        : async key => (await made.enforce({ tenantId, requests, dimensions: { customer: `c${key}` }, consume: true })).allowed
    return { take, stop: () => made.stop() }
  }
}

function conditionalUpdate(pool: Pool): Contender['start'] {
  return async ({ keys, limit }) => {
    await pool.query('drop schema if exists peer cascade')
    await pool.query('create schema peer')
    await pool.query('create table peer.counters (id text primary key, used numeric not null, quota numeric not null) with (fillfactor = 40)')
    await pool.query(`insert into peer.counters select 'c' || n, 0, ${limit} from generate_series(0, ${keys - 1}) as n`)
    const text = 'update peer.counters set used = used + $2 where id = $1 and used + $2 <= quota returning used'
    return { take: async key => (await pool.query({ name: 'take', text, values: [`c${key}`, '1'] })).rowCount === 1 }
  }
}

function postgresLimiter(pool: Pool): Contender['start'] {
  return async ({ limit }, round) => {
    const limiter = await new Promise<RateLimiterPostgres>((resolve, reject) => {
      const options = { storeClient: pool, storeType: 'pool', tableName: 'rate_limits', keyPrefix: `round-${round}`, points: limit, duration: MONTH_SECONDS }
      const made: RateLimiterPostgres = new RateLimiterPostgres(options, error => (error ? reject(error) : resolve(made)))
    })
    return { take: key => isTaken(limiter.consume(`c${key}`)) }
  }
}

async function memoryLimiter({ limit }: Load): Promise<{ take: Take }> {
  // No duration: it would set a timer, and a month overflows it.
  const limiter = new RateLimiterMemory({ points: limit, duration: 0 })
  return { take: key => isTaken(limiter.consume(`c${key}`)) }
}

/** The limiter rejects with its result when nothing is left. */
async function isTaken(consumed: Promise<unknown>): Promise<boolean> {
  try {
    await consumed
    return true
  } catch (refusal) {
    if (refusal instanceof Error) throw refusal
    return false
  }
}
