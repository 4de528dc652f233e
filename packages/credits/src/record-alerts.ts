import type { AdvanceOptions } from './advance-wallets.ts'
import type { CreditDependencies } from './credit-dependencies.ts'

/** Tenants that are looked at in one run. What is left is recorded by the next one. */
const MAX_TENANTS = 1_000

/** Alerts that one transaction records. */
const MAX_ALERTS = 100

/**
 * Records new alerts where the store records them besides its own tables, such as in an audit log: each once, because it is
 * marked in the same transaction. Returns the number of alerts.
 */
export async function recordAlerts({ store }: CreditDependencies, { signal, onFailure }: AdvanceOptions = {}): Promise<number> {
  // Alerts are recorded in their order, so they need their cursors first.
  await store.lastAlertCursor()
  let count = 0
  for (const tenantId of await store.tenantsToRecord(MAX_TENANTS)) {
    if (signal?.aborted === true) return count
    try {
      count += await recordTenant(store, tenantId, signal)
    } catch (error) {
      if (onFailure === undefined) throw error
      onFailure(tenantId, error)
    }
  }
  return count
}

async function recordTenant(store: CreditDependencies['store'], tenantId: string, signal: AbortSignal | undefined): Promise<number> {
  let count = 0
  for (;;) {
    const { length } = await store.recordAlerts(tenantId, MAX_ALERTS)
    count += length
    if (length < MAX_ALERTS || signal?.aborted === true) return count
  }
}
