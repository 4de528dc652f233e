import { fileURLToPath } from 'node:url'
import { traceBatches, type TraceBatch } from '../../apps/server/src/features/usage/commands/replay/trace-batches.ts'
import { readTrace } from '../../apps/server/src/features/usage/trace/read-trace.ts'
import { DEFAULT_LAYOUT, tenantsOf } from '../../apps/server/src/features/usage/trace/spread-row.ts'
import type { Api } from './api.ts'

/** The trace that journeys send. */
export const TRACE_FILE = fileURLToPath(new URL('../data/azure-llm-code-2023.csv', import.meta.url))

/** The totals of the trace, counted with awk and not with our own code. */
export const TRACE_TOTALS = { calls: 8_819, tokens: { input: 18_059_974, output: 245_896 } } as const

/** A call that failed. */
export interface FailedCall {
  /** The code of the error; "no answer" if the connection broke. */
  readonly code: string
  readonly afterMs: number
}

/** Concurrent callers that send the trace, and remember what the server acknowledged. */
export interface AcknowledgedSender {
  /** Batches that the server acknowledged. */
  readonly acknowledged: readonly TraceBatch[]
  readonly failures: readonly FailedCall[]
  acknowledgedEvents(): number
  /** Resolves when all callers have ended: at the end of the trace or, without `keepTrying`, at their first failure. */
  readonly finished: Promise<unknown>
}

const TRACK =
  'mutation ($input: TrackUsageInput!) { trackUsage(input: $input) { ... on TrackUsagePayload { results { outcome reason } } ... on Error { code } } }'

/** Creates the tenants of the trace. */
export async function createTraceTenants(api: Api): Promise<void> {
  for (const input of tenantsOf(DEFAULT_LAYOUT)) {
    await api.ask(
      'mutation ($input: CreateTenantInput!) { createTenant(input: $input) { ... on CreateTenantPayload { tenant { id } } ... on AlreadyExistsError { id } } }',
      { input },
    )
  }
}

/** Starts 8 callers, which send batches of 1, 20 and 200 events in turn. */
export function sendAcknowledged(api: Api, { keepTrying }: { keepTrying: boolean }): AcknowledgedSender {
  const batches = traceBatches(readTrace(TRACE_FILE), { layout: DEFAULT_LAYOUT, sizes: [1, 20, 200] })
  const acknowledged: TraceBatch[] = []
  const failures: FailedCall[] = []
  const caller = async () => {
    for (let next = await batches.next(); next.done !== true; next = await batches.next()) {
      for (;;) {
        const startedAt = performance.now()
        const outcome = await track(api, next.value)
        if (outcome.results !== undefined) break
        failures.push({ code: outcome.code, afterMs: performance.now() - startedAt })
        if (!keepTrying) return
      }
      acknowledged.push(next.value)
    }
  }
  return {
    acknowledged,
    failures,
    acknowledgedEvents: () => acknowledged.reduce((sum, { events }) => sum + events.length, 0),
    finished: Promise.all(Array.from({ length: 8 }, caller)),
  }
}

/** Sends batches again, and returns the number of events by outcome. */
export async function resend(api: Api, batches: readonly TraceBatch[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const batch of batches) {
    const { results, code } = await track(api, batch)
    if (results === undefined) throw new Error(`The batch failed: ${code}`)
    for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1
  }
  return counts
}

type Tracked = { results: readonly { outcome: string }[]; code?: undefined } | { results?: undefined; code: string }

async function track(api: Api, { tenantId, events }: TraceBatch): Promise<Tracked> {
  const sent = events.map(({ occurredAt, status, ...event }) => ({ ...event, occurredAt: occurredAt?.toString(), status: status?.toUpperCase() }))
  try {
    const { data, errors } = await api.send(TRACK, { input: { tenantId, events: sent } })
    if (errors !== undefined) return { code: errors[0]?.extensions?.code ?? `no code: ${errors[0]?.message}` }
    return data.trackUsage.results === undefined ? { code: data.trackUsage.code } : { results: data.trackUsage.results }
  } catch (error) {
    return { code: error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'no answer' }
  }
}
