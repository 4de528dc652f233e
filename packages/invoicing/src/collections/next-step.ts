import { Temporal, type Transaction } from '@tollgate/kernel'
import { decideSteps } from '../engine/collections/decide-steps.ts'
import type { CollectionDependencies } from './collection-dependencies.ts'
import { policyFor } from './policy-for.ts'

/** Returns the time after now of the first step that will be due for the open invoices of a tenant until `through`. Null if none will. */
export function nextStepAt(dependencies: CollectionDependencies, tenantId: string, through: Temporal.Instant): Promise<Temporal.Instant | null> {
  return dependencies.store.transaction(tenantId, transaction => findNext(dependencies, transaction, { tenantId, through }))
}

async function findNext(
  dependencies: CollectionDependencies,
  transaction: Transaction,
  { tenantId, through }: { readonly tenantId: string; readonly through: Temporal.Instant },
): Promise<Temporal.Instant | null> {
  const { store, invoices, clock } = dependencies
  const open = await invoices.collectable(transaction, tenantId)
  if (open.length === 0) return null
  const policy = await policyFor(dependencies, tenantId, transaction)
  const holds = await store.holds(tenantId, transaction)
  const steps = await store.steps(
    tenantId,
    open.map(({ id }) => id),
    transaction,
  )
  const taken = Map.groupBy(steps, ({ invoiceId }) => invoiceId)
  const now = clock.now(tenantId)
  let next: Temporal.Instant | null = null
  for (const invoice of open) {
    const own = holds.filter(({ invoiceId }) => invoiceId === null || invoiceId === invoice.id)
    // Amounts do not matter here, only times.
    for (const { dueAt } of decideSteps({ policy, invoice, holds: own, taken: taken.get(invoice.id) ?? [], paid: [], now: through })) {
      if (Temporal.Instant.compare(dueAt, now) > 0 && (next === null || Temporal.Instant.compare(dueAt, next) < 0)) next = dueAt
    }
  }
  return next
}
