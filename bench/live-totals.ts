import { type Benchmark, compare } from './benchmark.ts'
import { acceptedIn, trackRequest } from './kit/sample-events.ts'
import { type BenchmarkTollgate, startTollgate } from './kit/tollgate.ts'

const SUBSCRIBERS = 2_000
const EVENTS = 2_000
const EVERY_MS = 5

const SUBSCRIPTION = JSON.stringify({
  query: 'subscription { usageUpdates(tenantId: "bench") { tenant { id } at todayFrom today { calls cost tokens { total } } monthFrom month { calls cost } } }',
})

/** How long single events take while 2,000 subscribers follow the usage of their tenant. The peer is the same without subscribers. */
export const liveTotals: Benchmark = {
  name: 'live-totals',
  async run() {
    await using tollgate = await startTollgate({ connections: 64 })
    await times(tollgate, 0)
    const alone = await times(tollgate, 1)
    for (let opened = 0; opened < SUBSCRIBERS; opened += 100) await Promise.all(Array.from({ length: 100 }, () => tollgate.subscribe(SUBSCRIPTION)))
    await times(tollgate, 2)
    const followed = await times(tollgate, 3)
    return [
      compare({ name: 'p99 of one event, with 2,000 subscribers / without', ours: p99(followed), peer: p99(alone), unit: 'ms', aim: { atMost: 5 } }),
      compare({ name: 'median of one event, with 2,000 subscribers / without', ours: middle(followed), peer: middle(alone), unit: 'ms', aim: { atMost: 2 } }),
    ]
  },
}

/** Sends events at a steady rate, whether or not earlier ones were answered, and returns how long each took. */
async function times({ send }: BenchmarkTollgate, round: number): Promise<number[]> {
  const startAt = performance.now()
  return Promise.all(
    Array.from({ length: EVENTS }, async (_, index) => {
      const dueAt = startAt + index * EVERY_MS
      await new Promise(due => setTimeout(due, Math.max(0, dueAt - performance.now())))
      if (acceptedIn(await send(trackRequest(1, round * EVENTS + index))) !== 1) throw new Error('An event was not accepted.')
      return performance.now() - dueAt
    }),
  )
}

function p99(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length * 0.99)] ?? 0
}

function middle(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}
