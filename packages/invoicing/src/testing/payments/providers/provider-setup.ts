import type { SettableClock } from '@tollgate/kernel'
import type { PaymentProvider, ProviderWebhook } from '../../../payments/payment-provider.ts'
import type { LocalProviderServer } from './local-provider-server.ts'

/** A provider, and the server that it talks to. */
export interface ProviderUnderTest {
  readonly provider: PaymentProvider
  readonly server: LocalProviderServer
  readonly clock: SettableClock
  /** What the payer does. Each returns the webhooks that follow. */
  pay(providerPaymentId: string): readonly ProviderWebhook[]
  decline(providerPaymentId: string): readonly ProviderWebhook[]
  /** Gives money back without us. */
  refund(providerPaymentId: string, amount: string): readonly ProviderWebhook[]
  /** Pays something that we did not start. */
  payForeign(): readonly ProviderWebhook[]
  /** Number of payments and refunds that the server has. */
  counts(): { readonly payments: number; readonly refunds: number }
}

/** Creates a provider and starts its server. */
export type MakeProvider = (clock: SettableClock) => Promise<ProviderUnderTest>
