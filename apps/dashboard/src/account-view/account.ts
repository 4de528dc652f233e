/** Whose usage, quotas and credits are shown: a tenant's, or those of one of its customers. */
export interface Account {
  /** Null for the tenant of the key. */
  readonly tenantId: string | null
  /** Null for the tenant as a whole. */
  readonly customerId: string | null
}

const MILLISECONDS_PER_DAY = 86_400_000

/** Returns the range of the last days, up to a minute from now: clocks differ. */
export function lastDays(days: number, now: number): { readonly from: string; readonly to: string } {
  return { from: new Date(now - days * MILLISECONDS_PER_DAY).toISOString(), to: new Date(now + 60_000).toISOString() }
}

/** Returns the filter of an account's usage. */
export function filterOf({ customerId }: Account): { readonly customerIds: readonly string[] } | null {
  return customerId === null ? null : { customerIds: [customerId] }
}
