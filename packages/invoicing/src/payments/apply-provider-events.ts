import { toMicrosecond } from '@tollgate/kernel'
import { applyProviderEvent } from '../engine/payments/apply-provider-event.ts'
import { withPayment } from '../engine/payments/payment-book.ts'
import type { ProviderEvent } from '../model/payments/provider-event.ts'
import { changePayments } from './change-payments.ts'
import type { PaymentDependencies } from './payment-dependencies.ts'

/** What became of an event of a provider. */
export type EventOutcome = 'applied' | 'repeat' | 'unknown_payment'

/** Applies an event once, by the provider's id of it, and allocates the money that it reports. */
export async function applyEvent(dependencies: PaymentDependencies, provider: string, event: ProviderEvent): Promise<EventOutcome> {
  const { store, ids, clock } = dependencies
  const { tenantId, paymentId } = event
  return store.transaction(tenantId, async transaction => {
    await store.lock(transaction, tenantId)
    const [payment] = await store.paymentsByIds(tenantId, [paymentId], transaction)
    if (payment?.provider !== provider) return 'unknown_payment'
    const at = toMicrosecond(clock.now(tenantId))
    if (!(await store.claimEvent(transaction, { tenantId, provider, eventId: event.id, paymentId, at }))) return 'repeat'
    const { payments } = await changePayments(dependencies, transaction, {
      tenantId,
      payments: [payment],
      invoiceIds: [],
      apply: book => withPayment(book, applyProviderEvent(payment, event, ids)),
    })
    await dependencies.onChange?.(transaction, { kind: 'updated', payment: payments.get(paymentId) ?? payment, refund: null })
    return 'applied'
  })
}
