import type { BillingRunStore } from '../billing/billing-run-store.ts'
import type { BillingFailure, BillingRun } from '../model/billing/billing-run.ts'
import { toPage } from '@tollgate/kernel'

interface Stored {
  run: BillingRun
  claim: string | null
  readonly failures: Map<string, BillingFailure>
}

/** Keeps billing runs in memory. */
export function memoryBillingRuns(): BillingRunStore {
  const runs = new Map<string, Stored>()
  const ownedBy = ({ id, claim }: { readonly id: string; readonly claim: string }) => {
    const stored = runs.get(id)
    return stored?.claim === claim && stored.run.state === 'running' ? stored : undefined
  }
  return {
    async add(added, { share }) {
      const isSame = ({ run }: Stored) =>
        run.state !== 'completed' &&
        run.through.equals(added.through) &&
        run.finalize === added.finalize &&
        JSON.stringify(run.tenantIds) === JSON.stringify(added.tenantIds)
      const shared = share ? [...runs.values()].find(isSame) : undefined
      if (shared !== undefined) return shared.run
      const none = { tenants: 0, invoices: 0, drafts: 0, failures: 0, total: null, lastTenantId: null, startedAt: null, finishedAt: null }
      const run: BillingRun = { ...added, ...none, state: 'queued', updatedAt: added.createdAt }
      runs.set(run.id, { run, claim: null, failures: new Map() })
      return run
    },
    async claim({ id, claim }, { total, at }) {
      const stored = runs.get(id)
      if (stored === undefined || stored.run.state === 'completed') return undefined
      stored.claim = claim
      stored.run = { ...stored.run, state: 'running', total, startedAt: stored.run.startedAt ?? at, updatedAt: at }
      return stored.run
    },
    async advance(claim, { failed, lastTenantId, ...step }, at) {
      const stored = ownedBy(claim)
      if (stored === undefined) return false
      const { run, failures } = stored
      for (const failure of failed) failures.set(failure.tenantId, failure)
      const counts = {
        tenants: run.tenants + step.tenants,
        invoices: run.invoices + step.invoices,
        drafts: run.drafts + step.drafts,
        failures: run.failures + step.failures,
      }
      stored.run = { ...run, ...counts, lastTenantId, updatedAt: at }
      return true
    },
    async end(claim, state, at) {
      const stored = ownedBy(claim)
      if (stored !== undefined) stored.run = { ...stored.run, state, updatedAt: at, finishedAt: state === 'completed' ? at : null }
    },
    find: async id => runs.get(id)?.run,
    async list({ first, after }) {
      const all = [...runs.values()].map(({ run }) => run).toSorted((a, b) => (a.id < b.id ? 1 : -1))
      return toPage(
        all.filter(({ id }) => after === undefined || id < after),
        first,
      )
    },
    async failures(runId, { first, after }) {
      const all = [...(runs.get(runId)?.failures.values() ?? [])].toSorted((a, b) => (a.tenantId < b.tenantId ? -1 : 1))
      return toPage(
        all.filter(({ tenantId }) => after === undefined || tenantId > after),
        first,
      )
    },
  }
}
