import { checkText, InvalidInput, toMicrosecond } from '@tollgate/kernel'
import type { CollectionStep } from '../model/collections/collection-step.ts'
import type { CollectionDependencies } from './collection-dependencies.ts'
import { requireOpen } from './hold-collections.ts'

/** A reminder to send now. */
export interface SendReminderInput {
  readonly tenantId: string
  readonly invoiceId: string
  readonly idempotencyKey: string
}

const MAX_KEY_LENGTH = 200

/** Sends a reminder of an open invoice, once for each idempotency key. */
export async function sendReminder(dependencies: CollectionDependencies, { tenantId, invoiceId, idempotencyKey }: SendReminderInput): Promise<CollectionStep> {
  const { store, notifier, clock, onChange } = dependencies
  const issues = checkText('idempotencyKey', idempotencyKey, { max: MAX_KEY_LENGTH, visibleOnly: true })
  if (issues.length > 0) throw new InvalidInput(issues)
  return store.transaction(tenantId, async transaction => {
    await store.lock(transaction, tenantId)
    const key = `manual:${idempotencyKey}`
    const known = (await store.steps(tenantId, [invoiceId], transaction)).find(step => step.key === key)
    if (known !== undefined) return known
    const invoice = await requireOpen(dependencies, transaction, { tenantId, invoiceId })
    const at = toMicrosecond(clock.now(tenantId))
    const step: CollectionStep = { tenantId, invoiceId, key, kind: 'reminder', day: null, dueAt: at, takenAt: at, outcome: 'done', amount: null }
    await store.addSteps(transaction, [step])
    await notifier.notify(transaction, [{ step, invoice }])
    await onChange?.(transaction, { kind: 'reminded', tenantId, resourceId: invoiceId })
    return step
  })
}
