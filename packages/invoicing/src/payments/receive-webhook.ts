import { PaymentWebhookRejected } from '../model/payments/payment-errors.ts'
import type { ProviderEvent } from '../model/payments/provider-event.ts'
import { applyEvent, type EventOutcome } from './apply-provider-events.ts'
import type { PaymentDependencies } from './payment-dependencies.ts'
import type { PaymentProvider, ProviderWebhook } from './payment-provider.ts'
import { requireProvider } from './require-provider.ts'

/** Verifies a webhook and applies what it reports. Completes payments that their payer has approved. */
export async function receiveWebhook(dependencies: PaymentDependencies, name: string, webhook: ProviderWebhook): Promise<readonly EventOutcome[]> {
  const provider = requireProvider(dependencies.providers, name)
  if (provider.readWebhook === undefined) throw new PaymentWebhookRejected(name, 'it sends none')
  const outcomes: EventOutcome[] = []
  for (const event of await provider.readWebhook(webhook)) {
    // An approved payment is completed before its event counts as applied: if that fails, the provider sends the webhook again.
    if (event.change.kind === 'approved') await completeWith(dependencies, provider, event)
    outcomes.push(await applyEvent(dependencies, name, event))
  }
  return outcomes
}

/** Completes a payment that its payer has approved, and applies what happened. */
export async function completeWith(
  dependencies: PaymentDependencies,
  provider: PaymentProvider,
  { tenantId, paymentId, providerPaymentId }: Pick<ProviderEvent, 'tenantId' | 'paymentId' | 'providerPaymentId'>,
): Promise<void> {
  if (provider.complete === undefined) return
  const [payment] = await dependencies.store.paymentsByIds(tenantId, [paymentId])
  if (payment?.provider !== provider.name || payment.receivedAt !== null) return
  for (const event of await provider.complete({ tenantId, paymentId, providerPaymentId })) await applyEvent(dependencies, provider.name, event)
}
