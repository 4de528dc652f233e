import { fileURLToPath } from 'node:url'
import { isDomainError, OPERATOR_SCOPE, type Temporal } from '@tollgate/kernel'
import type { UsageEventDraft } from '@tollgate/usage'
import type { Tollgate } from '../tollgate.ts'
import { readTrace, type TraceRow } from '../features/usage/trace/read-trace.ts'
import { DEFAULT_LAYOUT, spreadRow, tenantsOf } from '../features/usage/trace/spread-row.ts'
import { recentTimes } from './recent-times.ts'

const SAMPLE = fileURLToPath(new URL('azure-llm-code-2023-sample.csv', import.meta.url))

/** The tenants of the demo, and when they were created. */
export interface DemoTenants {
  readonly tenants: readonly { readonly id: string; readonly name: string }[]
  readonly loadedAt: Temporal.Instant
}

/** How the demo is loaded. */
export interface DemoOptions {
  /** `recent` spreads the sample over the last 30 days; `recorded` keeps the times of the requests. Defaults to `recent`. */
  readonly times?: 'recent' | 'recorded'
}

/**
 * Records a small sample of real requests for demo tenants. Loading it again changes nothing: the keys of events are the same,
 * and so are their times, which count from when the tenants were created.
 */
export async function loadDemo(
  { accounts, usage, clock }: Pick<Tollgate, 'accounts' | 'usage' | 'clock'>,
  { times = 'recent' }: DemoOptions = {},
): Promise<DemoTenants> {
  const tenants = tenantsOf(DEFAULT_LAYOUT)
  for (const tenant of tenants) await accounts.createTenant(tenant).catch(ignoreExisting)
  const created = await accounts.tenantsByIds(OPERATOR_SCOPE, [tenants[0]?.id ?? ''])
  const rows: TraceRow[] = []
  for await (const row of readTrace(SAMPLE)) rows.push(row)
  const loadedAt = created[0]?.createdAt ?? clock.now(null)
  const events = times === 'recorded' ? rows.map(row => spreadRow(row, DEFAULT_LAYOUT)) : recentEvents(rows, recentTimes(loadedAt, rows.length))
  for (const [tenantId, ofTenant] of Map.groupBy(events, one => one.tenantId)) {
    await usage.track({ tenantId, events: ofTenant.map(({ event }) => event) })
  }
  return { tenants, loadedAt }
}

/** Moves requests to other times, with keys of their own, so that a replay of the trace records it besides. */
function recentEvents(rows: readonly TraceRow[], times: ReturnType<typeof recentTimes>): { tenantId: string; event: UsageEventDraft }[] {
  return rows.map((row, i) => {
    const { tenantId, event } = spreadRow(row, DEFAULT_LAYOUT)
    return { tenantId, event: { ...event, idempotencyKey: `demo-${event.idempotencyKey}`, occurredAt: times[i] ?? row.occurredAt } }
  })
}

function ignoreExisting(error: unknown): void {
  if (!isDomainError(error) || error.code !== 'ALREADY_EXISTS') throw error
}
