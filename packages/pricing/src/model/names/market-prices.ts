import { canonicalProvider } from './canonical-provider.ts'

/** Providers that route each call to one of many sellers, whose prices change by the hour. Only the cost that they report is right. */
const MARKETS: ReadonlySet<string> = new Set(['openrouter'])

/** Returns whether the prices of a provider change so often that the cost which it reports goes before the catalogue. */
export function changesByTheHour(provider: string): boolean {
  return MARKETS.has(canonicalProvider(provider))
}
