/**
 * How a provider serves a call, where it charges differently for it: `batch` later and in bulk, `flex` when there is
 * room, `priority` before others, and `standard` otherwise.
 */
export const SERVICE_TIERS = ['standard', 'batch', 'flex', 'priority'] as const

/** The name of one way of being served. */
export type ServiceTier = (typeof SERVICE_TIERS)[number]

/** The names that providers and price lists have for them. What a provider calls "auto" is decided when it answers. */
const NAMES: Readonly<Record<string, ServiceTier>> = {
  standard: 'standard',
  default: 'standard',
  on_demand: 'standard',
  batch: 'batch',
  batches: 'batch',
  flex: 'flex',
  priority: 'priority',
}

/** The tier that a provider's word for it means, in upper or lower case; undefined where it is none that we know. */
export function parseServiceTier(name: string): ServiceTier | undefined {
  const lower = name.trim().toLowerCase()
  return Object.hasOwn(NAMES, lower) ? NAMES[lower] : undefined
}

/** The tier that a price is for, where it may be left out. */
export function serviceTierOf({ serviceTier }: { readonly serviceTier?: ServiceTier }): ServiceTier {
  return serviceTier ?? 'standard'
}
