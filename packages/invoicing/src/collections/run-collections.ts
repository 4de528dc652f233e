import { Temporal, toMicrosecond, type Transaction, withoutSimulated } from '@tollgate/kernel'
import { decideSteps } from '../engine/collections/decide-steps.ts'
import type { CollectionStep } from '../model/collections/collection-step.ts'
import type { CollectionDependencies } from './collection-dependencies.ts'
import { policyFor } from './policy-for.ts'

/** What a run did. */
export interface CollectionRun {
  readonly tenants: number
  readonly reminders: number
  readonly lateFees: number
  readonly uncollectible: number
}

/** Takes the steps that are due for the invoices of a tenant, in one transaction. Returns those that were taken. */
export function collectTenant(dependencies: CollectionDependencies, tenantId: string): Promise<readonly CollectionStep[]> {
  return dependencies.store.transaction(tenantId, transaction => collectIn(dependencies, transaction, tenantId))
}

async function collectIn(dependencies: CollectionDependencies, transaction: Transaction, tenantId: string): Promise<readonly CollectionStep[]> {
  const { store, invoices, payments, notifier, clock } = dependencies
  await store.lock(transaction, tenantId)
  await dependencies.payFromBalance?.(transaction, tenantId)
  const open = await invoices.collectable(transaction, tenantId)
  if (open.length === 0) return []
  const policy = await policyFor(dependencies, tenantId, transaction)
  const holds = await store.holds(tenantId, transaction)
  const invoiceIds = open.map(({ id }) => id)
  const taken = Map.groupBy(await store.steps(tenantId, invoiceIds, transaction), ({ invoiceId }) => invoiceId)
  const takenAt = toMicrosecond(clock.now(tenantId))
  const overdue = open.filter(({ dueAt }) => Temporal.Instant.compare(dueAt, takenAt) < 0)
  if (overdue.length > 0) await dependencies.onOverdue?.(transaction, tenantId, overdue)
  const added: CollectionStep[] = []
  for (const invoice of open) {
    const paid = (await payments.allocationEntries(tenantId, invoice.id, transaction)).map(({ at, amount }) => ({ at, amount }))
    const own = holds.filter(({ invoiceId }) => invoiceId === null || invoiceId === invoice.id)
    const decided = decideSteps({ policy, invoice, holds: own, taken: taken.get(invoice.id) ?? [], paid, now: takenAt })
    const asked = decided.map(step => ({ ...step, tenantId, takenAt }))
    const steps = asked.length === 0 ? [] : await store.addSteps(transaction, asked)
    const done = steps.filter(({ outcome }) => outcome === 'done')
    if (done.some(({ kind }) => kind === 'uncollectible')) await invoices.markUncollectible(transaction, { tenantId, invoiceId: invoice.id })
    const notices = done.map(step => ({ step, invoice }))
    if (notices.length > 0) await notifier.notify(transaction, notices)
    added.push(...steps)
  }
  return added
}

/** Which tenants to run. */
export interface CollectionRunOptions {
  /** Defaults to all with open invoices. */
  readonly tenantIds?: readonly string[] | undefined
  readonly signal?: AbortSignal | undefined
}

const TENANTS_PER_PAGE = 100

/** Takes the steps that are due, tenant by tenant. A tenant that fails does not stop the others; failures are thrown at the end. */
export async function runCollections(dependencies: CollectionDependencies, { tenantIds, signal }: CollectionRunOptions = {}): Promise<CollectionRun> {
  const steps: CollectionStep[] = []
  const failures: unknown[] = []
  let tenants = 0
  for await (const tenantId of tenantIds ?? tenantsToCollect(dependencies)) {
    signal?.throwIfAborted()
    tenants += 1
    try {
      steps.push(...(await collectTenant(dependencies, tenantId)))
      await dependencies.afterTenant?.(tenantId)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length === 1) throw failures[0]
  if (failures.length > 1) throw new AggregateError(failures, `The collections of ${failures.length} tenants failed.`)
  const count = (kind: CollectionStep['kind']) => steps.filter(step => step.kind === kind && step.outcome === 'done').length
  return { tenants, reminders: count('reminder'), lateFees: count('late_fee'), uncollectible: count('uncollectible') }
}

async function* tenantsToCollect({ invoices, clock }: CollectionDependencies): AsyncGenerator<string> {
  let after: string | undefined
  for (;;) {
    const tenantIds = await invoices.tenantsToCollect({ first: TENANTS_PER_PAGE, after })
    yield* withoutSimulated(clock, tenantIds)
    if (tenantIds.length < TENANTS_PER_PAGE) return
    after = tenantIds.at(-1)
  }
}
