/**
 * How a provider serves a call, if it charges differently for it: `batch` later and in bulk, `flex` when there is
 * capacity, `priority` before other calls, `standard` in all other cases.
 */
export const SERVICE_TIERS = ['standard', 'batch', 'flex', 'priority'] as const

/** Name of a service tier. */
export type ServiceTier = (typeof SERVICE_TIERS)[number]

/** Names that providers and price lists use. "auto" is missing: the provider decides the tier and names it in its response. */
const NAMES: ReadonlyMap<string, ServiceTier> = new Map([
  ['standard', 'standard'],
  ['default', 'standard'],
  ['on_demand', 'standard'],
  ['on-demand', 'standard'],
  ['on_demand_flex', 'flex'],
  ['on_demand_priority', 'priority'],
  ['batch', 'batch'],
  ['batches', 'batch'],
  ['flex', 'flex'],
  ['priority', 'priority'],
])

/** Returns the service tier that a provider's name for it means, in any case. Undefined if the name is unknown. */
export function parseServiceTier(name: string): ServiceTier | undefined {
  return NAMES.get(name) ?? NAMES.get(name.trim().toLowerCase())
}

/** Returns the service tier of a price. Defaults to `standard`. */
export function serviceTierOf({ serviceTier }: { readonly serviceTier?: ServiceTier }): ServiceTier {
  return serviceTier ?? 'standard'
}
