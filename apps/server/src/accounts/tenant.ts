import type { Temporal } from '@tollgate/kernel'

/** The account that is isolated, limited and billed. Never deleted: its history is somebody's invoice. */
export interface Tenant {
  /** Chosen by the operator, and shown as it is: "acme". */
  readonly id: string
  readonly name: string
  /** The plan it is on, in the operator's words; null where there is none. */
  readonly tier: string | null
  /** IANA name of the zone that its days and months are counted in. */
  readonly timeZone: string
  /** ISO 4217 code of the currency that it is charged in. */
  readonly currency: string
  /** The day of the month, 1 to 31, on which its billing periods start; the last one of months that are shorter. */
  readonly billingAnchorDay: number
  readonly createdAt: Temporal.Instant
}

/** A tenant to be made. */
export interface TenantDraft {
  readonly id: string
  readonly name: string
  readonly tier?: string | null | undefined
  /** UTC where it is left out. */
  readonly timeZone?: string | null | undefined
  /** USD where it is left out. */
  readonly currency?: string | null | undefined
  /** The first where it is left out. */
  readonly billingAnchorDay?: number | null | undefined
}

/** What to change of a tenant. What is left out stays; a tier of null is none. */
export interface TenantUpdate extends Omit<TenantDraft, 'name'> {
  readonly name?: string | null | undefined
}
