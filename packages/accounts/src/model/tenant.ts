import type { Temporal } from '@tollgate/kernel'
import type { MetadataRule } from './metadata-rule.ts'

/** The account that is isolated, limited and billed. A tenant is never deleted, because its history backs invoices. */
export interface Tenant {
  /** Chosen by the operator and shown unchanged, such as "acme". */
  readonly id: string
  readonly name: string
  /** Name of the plan that the tenant is on. Null means no plan. */
  readonly tier: string | null
  /** IANA time zone that decides where the tenant's days and months start. */
  readonly timeZone: string
  /** ISO 4217 code of the currency that the tenant is charged in. */
  readonly currency: string
  /** Day of the month, 1 to 31, on which billing periods start. In shorter months, the last day. */
  readonly billingAnchorDay: number
  /** What happens to the metadata of its events before they are stored. */
  readonly metadataRules: readonly MetadataRule[]
  readonly createdAt: Temporal.Instant
}

/** A tenant to create. */
export interface TenantDraft {
  readonly id: string
  readonly name: string
  readonly tier?: string | null | undefined
  /** Defaults to UTC. */
  readonly timeZone?: string | null | undefined
  /** Defaults to USD. */
  readonly currency?: string | null | undefined
  /** Defaults to 1. */
  readonly billingAnchorDay?: number | null | undefined
  /** Replaces all rules. Defaults to none. */
  readonly metadataRules?: readonly MetadataRuleDraft[] | null | undefined
}

/** A rule to set. */
export interface MetadataRuleDraft extends Omit<MetadataRule, 'length'> {
  readonly length?: number | null | undefined
}

/** The changes to a tenant. An absent field keeps its value, and so does null; only a `tier` of null removes the tier. */
export interface TenantUpdate extends Omit<TenantDraft, 'name'> {
  readonly name?: string | null | undefined
}
