import { decimalText } from './decimal-text.ts'
import { readField, readObject } from './read-fields.ts'

/**
 * Returns what a call through Vercel's gateway cost, in USD, from the metadata of providers: what the gateway charges or, for a call
 * with the caller's own key at the provider, what the provider does.
 */
export function gatewayCost(providerMetadata: unknown): string | undefined {
  const gateway = readObject(providerMetadata, 'gateway')
  const cost = decimalText(readField(gateway, 'cost'))
  return cost === '0' ? (decimalText(readField(gateway, 'marketCost')) ?? cost) : cost
}
