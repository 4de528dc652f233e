import type { ServedAs } from '../model/extracted-usage.ts'

/** Names of service tiers that mean one of the common ones. Other names are kept: a provider may charge for them. */
const SERVICE_TIERS: Readonly<Record<string, string>> = {
  default: 'standard', // OpenAI, Bedrock
  on_demand: 'standard', // Groq, Vertex
  on_demand_flex: 'flex', // Vertex
  on_demand_priority: 'priority', // Vertex
}

/** Values that say nothing: the tier is still to be decided, or the provider does not say where it ran the model. */
const UNKNOWN = new Set(['', 'auto', 'unspecified', 'traffic_type_unspecified', 'not_available', 'unknown'])

/** What a response says about how it was served, by the provider's own names. */
export interface ServedByName {
  readonly serviceTier?: string | undefined
  readonly speed?: string | undefined
  readonly region?: string | undefined
}

/** Returns how a call was served, by common names and without what the response does not say. */
export function servedAs({ serviceTier, speed, region }: ServedByName): ServedAs {
  const tier = known(serviceTier)
  const pace = known(speed)
  const place = known(region)
  return {
    ...(tier === undefined ? {} : { serviceTier: SERVICE_TIERS[tier] ?? tier }),
    ...(pace === undefined || pace === 'standard' ? {} : { speed: pace }),
    ...(place === undefined ? {} : { region: place }),
  }
}

function known(name: string | undefined): string | undefined {
  const lower = name?.trim().toLowerCase()
  return lower === undefined || UNKNOWN.has(lower) ? undefined : lower
}
