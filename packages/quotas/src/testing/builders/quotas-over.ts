import { randomIds, type SettableClock, settableClock } from '@tollgate/kernel'
import { createQuotas } from '../../create-quotas.ts'
import type { PolicyDraft } from '../../model/policies/policy-draft.ts'
import type { QuotaStore } from '../../quota-store.ts'
import type { Quotas } from '../../quotas.ts'

/** Quotas over a store, with a settable clock and a tenant of their own. */
export interface QuotasInTest {
  readonly quotas: Quotas
  readonly clock: SettableClock
  readonly tenantId: string
}

let tenants = 0

/** Returns a tenant id that no other test uses, even in a store that several test files share. */
export function newTenant(): string {
  tenants += 1
  return `tenant-${tenants}-${randomIds().uuidV7(0).slice(-12)}`
}

/** Creates quotas with these policies for every tenant. The time is noon on a Friday in UTC. */
export function quotasOver(store: QuotaStore, ...policies: readonly PolicyDraft[]): QuotasInTest {
  const clock = settableClock('2026-11-20T12:00:00Z')
  return { quotas: createQuotas({ store, policies, clock }), clock, tenantId: newTenant() }
}

/** Makes `count` concurrent calls. */
export function atOnce<Result>(count: number, call: (position: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => call(i)))
}
