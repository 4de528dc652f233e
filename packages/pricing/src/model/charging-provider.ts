import { canonicalProvider } from './canonical-provider.ts'

/** Gateways, which are nobody's provider themselves: the model's prefix names it, as in "openai/gpt-5-mini". */
const GATEWAYS: ReadonlySet<string> = new Set(['litellm'])

/** The provider whose prices a call is charged by. */
export function chargingProvider({ provider, model }: { provider: string; model: string }): string {
  const canonical = canonicalProvider(provider)
  const slash = model.indexOf('/')
  return GATEWAYS.has(canonical) && slash > 0 ? canonicalProvider(model.slice(0, slash)) : canonical
}
