/** A tenant as charges see it. */
export interface ChargedTenant {
  readonly id: string
  /** Its tier. Null for a tenant without one. */
  readonly plan: string | null
  /** IANA time zone that its months are counted in. */
  readonly timeZone: string
  /** ISO 4217. */
  readonly currency: string
}

/** Finds the tenants that are charged. Implement it over the store that keeps accounts. */
export interface ChargedTenants {
  /** Returns undefined for an unknown tenant. */
  find(id: string): Promise<ChargedTenant | undefined>
}
