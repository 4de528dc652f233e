import type { PaymentProvider } from '@tollgate/invoicing/payments'
import type { Clock } from '@tollgate/kernel'
import type { BillingEnvironment } from '../../../billing-environment.ts'

/** Creates the payment providers that are set up. The libraries of the others are not loaded. */
export async function paymentProviders({ stripe, paypal, coinbase }: BillingEnvironment, clock: Clock): Promise<readonly PaymentProvider[]> {
  const providers: PaymentProvider[] = []
  if (stripe !== undefined) {
    const { stripeProvider } = await import('@tollgate/invoicing/stripe')
    const { url, publishableKey: _, ...keys } = stripe
    providers.push(stripeProvider({ ...keys, ...(url !== undefined && { api: apiOf(url) }) }))
  }
  if (paypal !== undefined) {
    const { paypalProvider } = await import('@tollgate/invoicing/paypal')
    providers.push(paypalProvider({ ...paypal, clock }))
  }
  if (coinbase !== undefined) {
    const { coinbaseProvider } = await import('@tollgate/invoicing/coinbase')
    const { keyId: id, keySecret: secret, ...options } = coinbase
    providers.push(coinbaseProvider({ ...options, key: { id, secret }, clock }))
  }
  return providers
}

function apiOf(url: string) {
  const { hostname: host, port, protocol } = new URL(url)
  const isPlain = protocol === 'http:'
  return { host, port: port === '' ? (isPlain ? 80 : 443) : Number(port), protocol: isPlain ? ('http' as const) : ('https' as const) }
}
