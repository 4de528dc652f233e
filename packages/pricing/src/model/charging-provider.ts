import { canonicalProvider } from './canonical-provider.ts'

/** Gateways, which charge nothing themselves: the prefix of the model names the provider, as in "openai/gpt-5-mini". */
const GATEWAYS: ReadonlySet<string> = new Set(['litellm'])

/** Returns the canonical name of the provider that charges for a call. */
export function chargingProvider({ provider, model }: { provider: string; model: string }): string {
  const canonical = canonicalProvider(provider)
  const slash = model.indexOf('/')
  return GATEWAYS.has(canonical) && slash > 0 ? canonicalProvider(model.slice(0, slash)) : canonical
}
