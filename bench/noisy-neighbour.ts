import { type Benchmark, compare } from './benchmark.ts'
import { median, secondsFor } from './kit/measure.ts'
import { acceptedIn, trackRequest } from './kit/sample-events.ts'
import { type BenchmarkTollgate, startTollgate } from './kit/tollgate.ts'

const EVENTS = 300_000
const BATCH = 1_000
const CALLS = 1_000
const CALLERS = 4
const ROUNDS = 3
const ALIASES = 190

/** Usage of a range that does not fall on hours, so that its edges are read from events; many times in one query. */
const EXPENSIVE_READ = JSON.stringify({
  query: `{ ${Array.from({ length: ALIASES }, (_, i) => `a${i}: usage(range: { from: "2026-11-16T00:00:0${i % 10}.5Z", to: "2026-11-17T01:10:00.${100 + i}Z" }) { totals { calls } }`).join(' ')} }`,
})

/**
 * A tenant that tracks single events, while another sends the most expensive reads that one query can have, over and
 * over. The peer is the same without the other tenant.
 */
export const noisyNeighbour: Benchmark = {
  name: 'noisy-neighbour',
  async run() {
    await using tollgate = await startTollgate({ connections: 64 })
    const [noisy, victim] = [await createTenant(tollgate, 'noisy'), await createTenant(tollgate, 'victim')]
    const batches = Array.from({ length: EVENTS / BATCH }, (_, index) => trackRequest(BATCH, index * BATCH, 'noisy'))
    await secondsFor(batches, 4, async batch => void (await tollgate.send(batch)))
    await track(tollgate, victim, 0)
    const alone: number[] = []
    const disturbed: number[] = []
    for (let round = 1; round <= ROUNDS; round += 1) {
      alone.push(await track(tollgate, victim, 2 * round))
      const noise = makeNoise(tollgate, noisy)
      disturbed.push(await track(tollgate, victim, 2 * round + 1))
      await noise.stop()
    }
    return [
      compare({
        name: "99th percentile of a victim's `trackUsage` with a noisy tenant / without",
        ours: median(disturbed),
        peer: median(alone),
        unit: 'ms',
        aim: { atMost: 3 },
      }),
    ]
  },
}

async function createTenant({ send }: BenchmarkTollgate, id: string): Promise<string> {
  const query = `mutation { createTenant(input: { id: "${id}", name: "${id}" }) { __typename } createApiKey(input: { tenantId: "${id}", name: "k" }) { ... on CreateApiKeyPayload { secret } } }`
  const { data } = JSON.parse(await send(JSON.stringify({ query }))) as { data: { createApiKey: { secret: string } } }
  return data.createApiKey.secret
}

/** Tracks single events, and returns the 99th percentile of the response times in milliseconds. */
async function track({ send }: BenchmarkTollgate, key: string, round: number): Promise<number> {
  const requests = Array.from({ length: CALLS }, (_, index) => trackRequest(1, round * CALLS + index, 'victim'))
  const times: number[] = []
  await secondsFor(requests, CALLERS, async request => {
    const start = performance.now()
    if (acceptedIn(await send(request, { key })) !== 1) throw new Error('An event was not accepted.')
    times.push(performance.now() - start)
  })
  return times.toSorted((a, b) => a - b)[Math.floor(CALLS * 0.99)] ?? 0
}

/** Sends expensive reads, one after the other, until it is stopped. Most of them are refused, because they exceed the share of their tenant. */
function makeNoise({ send }: BenchmarkTollgate, key: string): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const running = (async () => {
    while (!stopping.signal.aborted) {
      const answer = await send(EXPENSIVE_READ, { key, mayFail: true })
      if (!answer.includes('"calls":') && !answer.includes('"OVERLOADED"')) throw new Error(`The noise is wrong: ${answer.slice(0, 500)}`)
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}
