import { Temporal } from '@tollgate/kernel'
import type { MetadataRule } from '../model/metadata-rule.ts'
import type { Tenant } from '../model/tenant.ts'

/** Columns of `accounts.tenants` that make a tenant. */
export const TENANT_COLUMNS = 'id, name, tier, time_zone, currency, billing_anchor_day, metadata_rules, created_at'

/** A row of these columns. */
export interface TenantColumns {
  readonly id: string
  readonly name: string
  readonly tier: string | null
  readonly time_zone: string
  readonly currency: string
  readonly billing_anchor_day: number
  /** JSON. */
  readonly metadata_rules: string
  readonly created_at: string
}

/** Makes a tenant from a row that a statement returned. */
export function readTenantColumns({
  time_zone: timeZone,
  billing_anchor_day: billingAnchorDay,
  metadata_rules: rules,
  created_at,
  ...row
}: TenantColumns): Tenant {
  return { ...row, timeZone, billingAnchorDay, metadataRules: JSON.parse(rules) as MetadataRule[], createdAt: Temporal.Instant.from(created_at) }
}
