import { fileURLToPath } from 'node:url'
import { isDomainError } from '@tollgate/kernel'
import type { UsageEventDraft } from '@tollgate/usage'
import type { Tollgate } from '../tollgate.ts'
import { readTrace } from '../features/usage/trace/read-trace.ts'
import { DEFAULT_LAYOUT, spreadRow, tenantsOf } from '../features/usage/trace/spread-row.ts'

const SAMPLE = fileURLToPath(new URL('azure-llm-code-2023-sample.csv', import.meta.url))

/** Records a small sample of real requests for demo tenants. Loading it again changes nothing, because its keys are the same. */
export async function loadDemo({ accounts, usage }: Pick<Tollgate, 'accounts' | 'usage'>): Promise<void> {
  for (const tenant of tenantsOf(DEFAULT_LAYOUT)) await accounts.createTenant(tenant).catch(ignoreExisting)
  const batches = new Map<string, UsageEventDraft[]>()
  for await (const row of readTrace(SAMPLE)) {
    const { tenantId, event } = spreadRow(row, DEFAULT_LAYOUT)
    batches.set(tenantId, [...(batches.get(tenantId) ?? []), event])
  }
  for (const [tenantId, events] of batches) await usage.track({ tenantId, events })
}

function ignoreExisting(error: unknown): void {
  if (!isDomainError(error) || error.code !== 'ALREADY_EXISTS') throw error
}
