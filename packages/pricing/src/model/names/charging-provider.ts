import { canonicalProvider } from './canonical-provider.ts'
import { makerOfModel } from './model-maker.ts'

/**
 * Gateways, which charge what the provider behind them does. The prefix of the model names that provider, as in
 * "openai/gpt-5-mini". If there is none, it is the maker of the model.
 */
const GATEWAYS: ReadonlySet<string> = new Set(['ai-gateway', 'cloudflare-ai-gateway', 'litellm', 'litellm-proxy', 'litellm_proxy', 'vercel'])

/**
 * Makers whose own models cost the same at every host that Vercel's gateway may choose. Its names have the maker where those of other
 * gateways have the host, so the price of an open model is one of Vercel's list.
 */
const MAKERS_WITH_ONE_PRICE: ReadonlySet<string> = new Set(['anthropic', 'cohere', 'google', 'mistral', 'openai', 'perplexity', 'voyageai', 'x-ai'])

/** Makers whose SDKs also call their models on clouds, which charge prices of their own. */
const MAKERS_ON_CLOUDS: ReadonlySet<string> = new Set(['anthropic', 'openai'])

/** A model id of Bedrock, which no other provider accepts: "us.anthropic.claude-…", "amazon.nova-…", a Bedrock ARN. */
const BEDROCK_ID =
  /^(?:arn:aws[a-z-]*:bedrock:|(?:[a-z-]+\.)?(?:ai21|amazon|anthropic|cohere|deepseek|google|meta|minimax|mistral|moonshot|moonshotai|nvidia|openai|qwen|writer|xai|zai)\.[a-z])/
/** A resource of Google Cloud. */
const VERTEX_PATH = /^projects\/[^/]+\/locations\//

/** Returns the canonical name of the provider that charges for a call. */
export function chargingProvider({ provider, model }: { provider: string; model: string }): string {
  const canonical = canonicalProvider(provider)
  const name = model.trim().toLowerCase()
  if (!GATEWAYS.has(canonical)) {
    return MAKERS_ON_CLOUDS.has(canonical) ? (cloudOfModel(name) ?? canonical) : canonical
  }
  const cloud = cloudOfModel(name)
  if (cloud !== undefined) return cloud
  const prefix = /^([^/:]+)[/:]/.exec(name)?.[1]
  const slash = name.includes('/')
  const named = slash && prefix !== undefined ? canonicalProvider(prefix) : makerOfModel(name)
  if (canonical === 'vercel') return isSoldByMaker(named, name) ? named : canonical
  return named ?? canonical
}

function isSoldByMaker(maker: string | undefined, name: string): maker is string {
  return maker !== undefined && MAKERS_WITH_ONE_PRICE.has(maker) && makerOfModel(name.slice(name.indexOf('/') + 1)) === maker
}

function cloudOfModel(name: string): string | undefined {
  if (BEDROCK_ID.test(name)) return 'aws'
  return VERTEX_PATH.test(name) ? 'google' : undefined
}
