import { type Benchmark, compare } from './benchmark.ts'
import { median, secondsFor } from './kit/measure.ts'
import { acceptedIn, trackRequest } from './kit/sample-events.ts'
import { type BenchmarkTollgate, startTollgate } from './kit/tollgate.ts'

const BATCHES = { size: 1_000, count: 25, connections: 4 }
const SINGLES = { size: 1, count: 3_000, connections: 128 }
const ROUNDS = 8
const WALLETS = 1_000

/** Requests to send, and how. */
interface Load {
  readonly size: number
  readonly count: number
  readonly connections: number
}

/** A tenant, and the number of customers of its events. */
interface Contender {
  readonly tenantId: string
  readonly customers: number
}

const WITHOUT: Contender = { tenantId: 'bench', customers: 20 }
const HOT: Contender = { tenantId: 'bench-hot', customers: 20 }
const MANY: Contender = { tenantId: 'bench-many', customers: WALLETS }
const MANY_WITHOUT: Contender = { tenantId: 'bench-many-without', customers: WALLETS }

const PAIRS = [
  { ours: HOT, peer: WITHOUT, wallets: 'one hot wallet' },
  { ours: MANY, peer: MANY_WITHOUT, wallets: '1,000 wallets' },
]

/**
 * The cost of debiting credits in the transaction that records usage: ingest for a tenant with one wallet, and for one whose
 * 1,000 customers have wallets, against ingest of the same events for a tenant without wallets. They take turns.
 */
export const ingestCredits: Benchmark = {
  name: 'ingest-credits',
  async run() {
    await using tollgate = await startTollgate({ connections: SINGLES.connections })
    await prepare(tollgate)
    const rows = []
    for (const [load, what] of [
      [BATCHES, 'batches of 1,000'],
      [SINGLES, 'single events'],
    ] as const) {
      for (const pair of PAIRS) {
        const [ours, peer] = await measurePair(tollgate, pair, load)
        rows.push(compare({ name: `${what}, debited from ${pair.wallets} / without wallets`, ours, peer, unit: 'events/s', aim: { atLeast: 0.85 } }))
      }
    }
    await checkDebited(tollgate)
    return rows
  },
}

async function prepare({ send, connect }: BenchmarkTollgate): Promise<void> {
  const run = (query: string) => send(JSON.stringify({ query }))
  for (const { tenantId } of [HOT, MANY, MANY_WITHOUT]) await run(`mutation { createTenant(input: { id: "${tenantId}", name: "${tenantId}" }) { __typename } }`)
  await run('mutation { setCreditCost(input: { operation: "chat_message", perThousandTokens: "0.5", from: "2026-01-01T00:00:00Z" }) { __typename } }')
  const grant = (tenantId: string, customer: string) =>
    `grantCredits(input: { tenantId: "${tenantId}"${customer}, amount: "1000000", idempotencyKey: "first${customer.replaceAll(/\W/g, '')}" }) { __typename }`
  await run(`mutation { ${grant(HOT.tenantId, '')} }`)
  for (let customer = 0; customer < WALLETS; customer += 1) await run(`mutation { ${grant(MANY.tenantId, `, customerId: "customer-${customer}"`)} }`)
  // As upkeep does in production before long.
  await connect(1).query('vacuum analyze')
}

let sent = 0

/** Returns the median rates of both, which take turns. */
async function measurePair(tollgate: BenchmarkTollgate, { ours, peer }: (typeof PAIRS)[number], load: Load): Promise<readonly [ours: number, peer: number]> {
  const rates = new Map<Contender, number[]>([ours, peer].map(contender => [contender, []]))
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const contender of round % 2 === 0 ? [ours, peer] : [peer, ours]) {
      const rate = await ingest(tollgate, { contender, load, from: sent })
      if (round > 0) rates.get(contender)?.push(rate) // The first round warms caches and compilers.
    }
    sent += load.size * load.count
  }
  return [median(rates.get(ours) ?? []), median(rates.get(peer) ?? [])]
}

/** Rejects if nothing was debited: the comparison would be of nothing. */
async function checkDebited({ send }: BenchmarkTollgate): Promise<void> {
  for (const owner of [`tenantId: "${HOT.tenantId}"`, `tenantId: "${MANY.tenantId}", customerId: "customer-0"`]) {
    const answer = await send(JSON.stringify({ query: `{ wallet(${owner}) { balance } }` }))
    if (!/"balance":"\d{1,6}(?:\.\d+)?"/.test(answer)) throw new Error(`The wallet was not debited: ${answer}`)
  }
}

async function ingest({ send }: BenchmarkTollgate, { contender, load, from }: { contender: Contender; load: Load; from: number }): Promise<number> {
  const { tenantId, customers } = contender
  const requests = Array.from({ length: load.count }, (_, i) => trackRequest(load.size, from + i * load.size, tenantId, customers))
  const seconds = await secondsFor(requests, load.connections, async request => {
    if (acceptedIn(await send(request)) !== load.size) throw new Error(`Not all of ${load.size} events were accepted.`)
  })
  return (load.size * load.count) / seconds
}
