import type { PlanHistory } from './model/plans/plan-history.ts'

/** A tenant as charges see it. */
export interface ChargedTenant {
  readonly id: string
  /** Its plan now. Null for a tenant without one. */
  readonly plan: string | null
  /** Its plans over time, by which past usage is charged. Defaults to the present plan at all times. */
  readonly planHistory?: PlanHistory | undefined
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
