import type { PaymentProvider, ProviderRefund } from '../../payments/payment-provider.ts'
import type { ProviderEvent } from '../../model/payments/provider-event.ts'

/** A payment provider whose answers a test decides. Its webhooks are not signed: the body is a list of events that the test has put in. */
export interface ScriptedProvider extends PaymentProvider {
  /** The calls that it got, such as "start 0192…". */
  readonly calls: readonly string[]
  /** Sets what the next calls of `refund` do. Defaults to success. */
  respondToRefunds(how: () => Promise<ProviderRefund>): void
  /** Sends payers to this page. */
  redirectTo(url: string): void
  /** Sets what completing a payment reports. */
  respondToCompletion(events: readonly ProviderEvent[]): void
  /** Sets what the next webhooks report. */
  report(events: readonly ProviderEvent[]): void
}

/** Creates a scripted provider. */
export function scriptedProvider(name = 'scripted'): ScriptedProvider {
  const calls: string[] = []
  let reported: readonly ProviderEvent[] = []
  let completed: readonly ProviderEvent[] = []
  let redirectUrl: string | null = null
  let refunds: (() => Promise<ProviderRefund>) | undefined
  return {
    name,
    calls,
    respondToRefunds: how => (refunds = how),
    redirectTo: url => (redirectUrl = url),
    respondToCompletion: events => (completed = events),
    report: events => (reported = events),
    async createCustomer({ tenantId }) {
      calls.push(`customer ${tenantId}`)
      return `cus_${tenantId}`
    },
    async start({ paymentId }) {
      calls.push(`start ${paymentId}`)
      return { providerPaymentId: `pay_${paymentId}`, clientSecret: redirectUrl === null ? `secret_${paymentId}` : null, redirectUrl }
    },
    async complete({ paymentId }) {
      calls.push(`complete ${paymentId}`)
      return completed
    },
    async refund({ refundId }) {
      calls.push(`refund ${refundId}`)
      return refunds === undefined ? { providerRefundId: `re_${refundId}`, status: 'succeeded', message: null } : refunds()
    },
    readWebhook: async () => reported,
  }
}
