import { type Benchmark, compare } from './benchmark.ts'
import { median, secondsFor } from './kit/measure.ts'
import { acceptedIn, trackRequest } from './kit/sample-events.ts'
import { type BenchmarkTollgate, startTollgate } from './kit/tollgate.ts'

const BATCH = 1_000
const BATCHES = 40
const CONNECTIONS = 4
const ROUNDS = 5

/**
 * The cost of counting quotas in the transaction that records usage: ingest for a tenant with the plan `pro` (tokens,
 * requests and cost), against ingest for a tenant without quotas. The two take turns.
 */
export const ingestQuotas: Benchmark = {
  name: 'ingest-quotas',
  async run() {
    await using tollgate = await startTollgate({ connections: CONNECTIONS })
    await tollgate.send(JSON.stringify({ query: 'mutation { createTenant(input: { id: "bench-pro", name: "With quotas", tier: "pro" }) { __typename } }' }))
    const ours: number[] = []
    const peer: number[] = []
    for (let round = 0; round <= ROUNDS; round += 1) {
      const withQuotas = await ingest(tollgate, 'bench-pro', round)
      const without = await ingest(tollgate, 'bench', round)
      if (round === 0) continue // Warms caches and compilers, and is not counted.
      ours.push(withQuotas)
      peer.push(without)
    }
    return [compare({ name: 'batches counted by quotas / by none', ours: median(ours), peer: median(peer), unit: 'events/s', aim: { atLeast: 0.85 } })]
  },
}

async function ingest({ send }: BenchmarkTollgate, tenantId: string, round: number): Promise<number> {
  const requests = Array.from({ length: BATCHES }, (_, batch) => trackRequest(BATCH, (round * BATCHES + batch) * BATCH, tenantId))
  const seconds = await secondsFor(requests, CONNECTIONS, async request => {
    const accepted = acceptedIn(await send(request))
    if (accepted !== BATCH) throw new Error(`${accepted} of ${BATCH} events were accepted.`)
  })
  return (BATCH * BATCHES) / seconds
}
