import { Temporal } from '@tollgate/kernel'
import type { CollectionHold } from '../model/collections/collection-hold.ts'
import type { CollectionPolicy } from '../model/collections/collection-policy.ts'
import type { CollectionStep } from '../model/collections/collection-step.ts'
import type { CollectionStore } from '../collections/collection-store.ts'
import { tenantStates } from './tenant-states.ts'

interface TenantCollections {
  readonly policy: CollectionPolicy | undefined
  readonly holds: readonly CollectionHold[]
  readonly steps: readonly CollectionStep[]
  /** Keys of late fees that are on an invoice. */
  readonly billed: ReadonlySet<string>
}

const NOTHING: TenantCollections = { policy: undefined, holds: [], steps: [], billed: new Set() }

/** Keeps collections in memory: for tests, examples, and programs that may forget them. */
export function memoryCollectionStore(): CollectionStore {
  const { of, change, transaction } = tenantStates(NOTHING)

  return {
    transaction,
    lock: async () => {},
    policy: async tenantId => of(tenantId).policy,
    async setPolicy(tenantId, policy) {
      change(tenantId, { policy })
    },
    holds: async tenantId => of(tenantId).holds,
    async addHold(_transaction, hold) {
      change(hold.tenantId, { holds: [hold, ...of(hold.tenantId).holds] })
    },
    async endHold(_transaction, { tenantId, id, to, resolution }) {
      change(tenantId, { holds: of(tenantId).holds.map(hold => (hold.id === id ? { ...hold, to, resolution } : hold)) })
    },
    steps: async (tenantId, invoiceIds) =>
      of(tenantId)
        .steps.filter(({ invoiceId }) => invoiceIds.includes(invoiceId))
        .sort(byTime),
    async addSteps(_transaction, steps) {
      const added: CollectionStep[] = []
      for (const step of steps) {
        const known = of(step.tenantId).steps
        if (known.some(({ invoiceId, key }) => invoiceId === step.invoiceId && key === step.key)) continue
        change(step.tenantId, { steps: [...known, step] })
        added.push(step)
      }
      return added
    },
    async unbilledLateFees(_transaction, tenantId) {
      const { steps, billed } = of(tenantId)
      return steps.filter(step => step.kind === 'late_fee' && step.outcome === 'done' && !billed.has(nameOf(step))).sort(byTime)
    },
    async billLateFees(_transaction, { tenantId, fees }) {
      change(tenantId, { billed: new Set([...of(tenantId).billed, ...fees.map(nameOf)]) })
    },
  }
}

function byTime(one: CollectionStep, other: CollectionStep): number {
  return Temporal.Instant.compare(one.dueAt, other.dueAt) || (one.key < other.key ? -1 : 1)
}

function nameOf({ invoiceId, key }: Pick<CollectionStep, 'invoiceId' | 'key'>): string {
  return `${invoiceId} ${key}`
}
