import { type ClientStats, createTollgate } from '@tollgate/sdk'
import type { Random } from '../faults/random.ts'
import { FAULTS, type Fault, startFaultyProxy } from './faulty-proxy.ts'

/** A run of a client through a faulty proxy. */
export interface FaultyRun {
  readonly url: string
  readonly apiKey: string
  readonly events: number
  /** Share of requests that are disturbed. */
  readonly faultShare: number
  readonly random: Random
}

/** What happened in a run. */
export interface FaultyRunReport {
  readonly faults: Readonly<Record<Fault, number>>
  readonly stats: ClientStats
  readonly reported: number
  readonly inputTokens: number
}

/** Tracks events through faults, and returns what the server has counted. */
export async function trackThroughFaults({ url, apiKey, events, faultShare, random }: FaultyRun): Promise<FaultyRunReport> {
  const from = new Date(Date.now() - 3_600_000)
  let next = 0
  // In turn, so that each happens.
  const pick = () => (random.chance(faultShare) ? (FAULTS[next++ % FAULTS.length] ?? 'none') : 'none')
  await using proxy = await startFaultyProxy(url, pick)
  const tollgate = createTollgate({
    url: proxy.url,
    apiKey,
    onError: () => {}, // The faults are expected.
    delivery: 'background',
    whenFull: 'wait',
    waitTimeoutMs: 600_000,
    bufferSize: 2_000,
    batchSize: 100,
    maxInFlight: 4,
    requestTimeoutMs: 1_000,
    retryDelayMs: 5,
    circuitOpenMs: 20,
  })
  for (let i = 0; i < events; i++) await tollgate.record({ operation: 'chat', tokens: { input: i + 1 }, metadata: { customerId: `c${i % 10}` } })
  await tollgate.flush({ timeoutMs: 600_000 })
  const stats = tollgate.stats()
  await tollgate.close()

  const direct = createTollgate({ url, apiKey })
  const { totals } = await direct.usage({ range: { from, to: new Date(Date.now() + 3_600_000) } })
  await direct.close()
  return { faults: proxy.counts, stats, reported: totals.calls, inputTokens: Number(totals.tokens.input) }
}
