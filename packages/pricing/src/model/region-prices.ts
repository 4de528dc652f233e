import type { Price } from './price.ts'

/**
 * Providers whose list prices depend on the region, with the regions where the price without a region holds. A call that names
 * another region needs a price for that region.
 */
const REGIONAL_PROVIDERS: Readonly<Record<string, { readonly base: readonly string[] }>> = {
  // Inference in the US only costs 1.1 times as much: https://platform.claude.com/docs/en/build-with-claude/data-residency
  anthropic: { base: [] },
  // Prices are listed by region; those of the bundled list hold in N. Virginia and Oregon: https://aws.amazon.com/bedrock/pricing/
  aws: { base: ['us-east-1', 'us-west-2'] },
  // Data zones and regions cost more than global deployments: https://azure.microsoft.com/pricing/details/cognitive-services/openai-service/
  azure: { base: [] },
  // Regional endpoints cost 10 % more than the global one for newer models: https://cloud.google.com/vertex-ai/generative-ai/pricing
  google: { base: [] },
  // Endpoints with data residency cost 10 % more for newer models: https://developers.openai.com/api/docs/pricing
  openai: { base: [] },
}

/**
 * Returns how closely a price is meant for a region: 0 if it does not apply, more for a pattern, most for the name of the region.
 * `region` is canonical, and undefined for a call that names none.
 */
export function regionRank({ region: priced, source, provider }: Pick<Price, 'region' | 'source' | 'provider'>, region: string | undefined): number {
  if (region === undefined) return priced === undefined ? 1 : 0
  if (priced === undefined) return source !== 'bundled' || hasOnePrice(provider, region) ? 1 : 0
  if (priced === region) return Number.MAX_SAFE_INTEGER
  return priced.endsWith('*') && region.startsWith(priced.slice(0, -1)) ? 1 + priced.length : 0
}

/** Whether the list price without a region holds in a region. An operator who publishes a price without a region says that it does. */
function hasOnePrice(provider: string, region: string): boolean {
  const regional = Object.hasOwn(REGIONAL_PROVIDERS, provider) ? REGIONAL_PROVIDERS[provider] : undefined
  return regional === undefined || regional.base.includes(region)
}
