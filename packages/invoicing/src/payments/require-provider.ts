import { PaymentProviderUnknown } from '../model/payments/payment-errors.ts'
import type { PaymentProvider } from './payment-provider.ts'

/** Returns the provider with a name. Throws `PaymentProviderUnknown`. */
export function requireProvider(providers: readonly PaymentProvider[], name: string): PaymentProvider {
  const provider = providers.find(candidate => candidate.name === name)
  if (provider === undefined)
    throw new PaymentProviderUnknown(
      name,
      providers.map(candidate => candidate.name),
    )
  return provider
}
