/** How a family of events is recorded, in the log of one tenant or of all. */
export interface SamplingRule {
  /** Null for the logs of all tenants. A rule of a tenant comes before it. */
  readonly tenantId: string | null
  readonly family: string
  /** Records one of so many events by itself, and counts the others in one event per type and minute. 0 counts all of them. */
  readonly keepOneIn: number
}

/** Families whose events are always recorded one by one. */
export const NEVER_SAMPLED_FAMILIES: readonly string[] = ['security', 'billing', 'key', 'tenant', 'error', 'credit', 'pricing']
