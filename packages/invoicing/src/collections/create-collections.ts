import { InvalidInput, type Temporal, type Transaction } from '@tollgate/kernel'
import { checkedInput, checkShape, inputShape, requireText, requireTime, type TimeInput } from '@tollgate/kernel/input'
import { checkCollectionPolicy, type CollectionPolicyDraft } from '../model/collections/check-collection-policy.ts'
import { type CollectionHold, DISPUTE_RESOLUTIONS } from '../model/collections/collection-hold.ts'
import type { CollectionPolicy } from '../model/collections/collection-policy.ts'
import type { CollectionStep } from '../model/collections/collection-step.ts'
import type { CollectionDependencies } from './collection-dependencies.ts'
import type { LateFeeBill } from './collection-store.ts'
import { addHold, type DisputeInput, endHold, type PauseInput, type ResolveDisputeInput } from './hold-collections.ts'
import { INPUTS } from './input-shapes.ts'
import { nextStepAt } from './next-step.ts'
import { policyFor } from './policy-for.ts'
import { collectTenant, type CollectionRun, type CollectionRunOptions, runCollections } from './run-collections.ts'
import { sendReminder, type SendReminderInput } from './send-reminder.ts'

/** An invoice that charges late fees. */
export type ChargedLateFees = Omit<LateFeeBill, 'tenantId'>

/** Collections of tenants. */
export interface Collections {
  /** Takes the steps that are due, of these tenants or of all, tenant by tenant. */
  run(options?: CollectionRunOptions): Promise<CollectionRun>
  /** Takes the steps that are due for one tenant, and returns them. */
  collect(tenantId: string): Promise<readonly CollectionStep[]>
  /** Returns the time after now of the first step that will be due for a tenant until `through`. Null if none will. */
  nextStepAt(tenantId: string, through: TimeInput): Promise<Temporal.Instant | null>
  /** Sends a reminder of an open invoice now, once for each idempotency key. */
  sendReminder(input: SendReminderInput): Promise<CollectionStep>
  pause(input: PauseInput): Promise<CollectionHold>
  /** Ends a pause of the tenant, or of one invoice. */
  resume(input: Pick<PauseInput, 'tenantId' | 'invoiceId'>): Promise<CollectionHold>
  /** Records that a tenant disputes an invoice, which stops its collections. */
  openDispute(input: DisputeInput): Promise<CollectionHold>
  resolveDispute(input: ResolveDisputeInput): Promise<CollectionHold>
  /** Returns the policy that applies to a tenant, or that of the installation for null. */
  policy(tenantId: string | null): Promise<CollectionPolicy>
  /** Sets the policy of a tenant, or of the installation for null. Undefined removes it. Returns the one that applies now. */
  setPolicy(tenantId: string | null, draft: CollectionPolicyDraft | undefined): Promise<CollectionPolicy>
  /** Returns the pauses and disputes of a tenant, latest first. */
  holds(tenantId: string): Promise<readonly CollectionHold[]>
  /** Returns the steps for invoices, oldest first. */
  steps(tenantId: string, invoiceIds: readonly string[]): Promise<readonly CollectionStep[]>
  /**
   * Charges the late fees of a tenant that no invoice has charged, and returns how many were. `issue` issues an invoice for fees, and returns the ones
   * that it charges. If it is called again for the same first fee, it must return the same invoice.
   */
  chargeLateFees(tenantId: string, issue: (fees: readonly CollectionStep[]) => Promise<ChargedLateFees>): Promise<number>
  /** Returns the late fees that no invoice has charged. Call it in the transaction that finalises an invoice. */
  unbilledLateFees(transaction: Transaction, tenantId: string): Promise<readonly CollectionStep[]>
  /** Records that an invoice charges late fees. Call it in the transaction that finalises the invoice. */
  billLateFees(transaction: Transaction, bill: LateFeeBill): Promise<void>
}

const OPTIONS = inputShape<CollectionDependencies>({
  store: 'object',
  invoices: 'object',
  payments: 'object',
  notifier: 'object',
  onOverdue: 'function?',
  payFromBalance: 'function?',
  afterTenant: 'function?',
  defaultPolicy: 'object',
  onChange: 'function?',
  clock: 'object',
  ids: 'object',
})

/** Creates collections over a store, invoices, payments and a notifier. Throws `InvalidInput` for options that they do not have, or that are missing. */
export function createCollections(dependencies: CollectionDependencies): Collections {
  checkShape(OPTIONS, dependencies)
  const { store, onChange } = dependencies
  return {
    async run(options = {}) {
      checkShape(INPUTS.run, options)
      return runCollections(dependencies, options)
    },
    async collect(tenantId) {
      requireText('tenantId', tenantId)
      return collectTenant(dependencies, tenantId)
    },
    async nextStepAt(tenantId, through) {
      requireText('tenantId', tenantId)
      return nextStepAt(dependencies, tenantId, requireTime('through', through))
    },
    sendReminder: checkedInput(INPUTS.sendReminder, input => sendReminder(dependencies, input)),
    pause: checkedInput(INPUTS.pause, input => addHold(dependencies, 'pause', input)),
    resume: checkedInput(INPUTS.resume, async ({ tenantId, invoiceId: given }) => {
      const invoiceId = given ?? null
      return endHold(dependencies, {
        tenantId,
        which: hold => hold.kind === 'pause' && hold.invoiceId === invoiceId,
        resolution: null,
        missing: ['pause of the collections of', invoiceId ?? tenantId],
      })
    }),
    openDispute: checkedInput(INPUTS.openDispute, input => addHold(dependencies, 'dispute', input)),
    resolveDispute: checkedInput(INPUTS.resolveDispute, async ({ tenantId, disputeId, resolution }) => {
      if (!DISPUTE_RESOLUTIONS.includes(resolution))
        throw new InvalidInput([{ path: 'resolution', message: `must be one of ${DISPUTE_RESOLUTIONS.join(', ')}` }])
      return endHold(dependencies, {
        tenantId,
        which: ({ kind, id }) => kind === 'dispute' && id === disputeId,
        resolution,
        missing: ['open dispute', disputeId],
      })
    }),
    policy: tenantId => policyFor(dependencies, tenantId),
    async setPolicy(tenantId, draft) {
      const policy = draft && checkCollectionPolicy(draft)
      return store.transaction(tenantId, async transaction => {
        if (tenantId !== null) await store.lock(transaction, tenantId)
        const before = await store.policy(tenantId, transaction)
        await store.setPolicy(tenantId, policy, transaction)
        await onChange?.(transaction, { kind: 'policy_set', tenantId, resourceId: tenantId ?? 'installation', before, after: policy })
        return policyFor(dependencies, tenantId, transaction)
      })
    },
    holds: tenantId => store.holds(tenantId),
    steps: (tenantId, invoiceIds) => store.steps(tenantId, invoiceIds),
    async chargeLateFees(tenantId, issue) {
      const fees = await store.transaction(tenantId, transaction => store.unbilledLateFees(transaction, tenantId))
      if (fees.length === 0) return 0
      const charged = await issue(fees)
      await store.transaction(tenantId, transaction => store.billLateFees(transaction, { tenantId, ...charged }))
      return charged.fees.length
    },
    unbilledLateFees: (transaction, tenantId) => store.unbilledLateFees(transaction, tenantId),
    billLateFees: (transaction, bill) => store.billLateFees(transaction, bill),
  }
}
