import { type Scope, Temporal } from '@tollgate/kernel'
import type { NoticeType } from '../../notices/notice.ts'
import type { WebhookEndpoint } from '../webhook-endpoint.ts'

/** The columns of an endpoint that may be shown. */
export const ENDPOINT_COLUMNS = 'id, tenant_id, url, types, description, enabled, disabled_reason, failing_since, created_at'

/** A row of them. */
export interface EndpointRow {
  id: string
  tenant_id: string | null
  url: string
  types: NoticeType[] | null
  description: string | null
  enabled: boolean
  disabled_reason: string | null
  failing_since: string | null
  created_at: string
}

/** Reads a row. */
export function toEndpoint(row: EndpointRow): WebhookEndpoint {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    url: row.url,
    types: row.types,
    description: row.description,
    enabled: row.enabled,
    disabledReason: row.disabled_reason,
    failingSince: instantOrNull(row.failing_since),
    createdAt: Temporal.Instant.from(row.created_at),
  }
}

/** Reads a time that may be missing. */
export function instantOrNull(text: string | null): Temporal.Instant | null {
  return text === null ? null : Temporal.Instant.from(text)
}

/** The tenants of a scope as a parameter: null for all, and for what has none. */
export function tenantsOf(scope: Scope): readonly string[] | null {
  return scope.kind === 'operator' ? null : scope.tenantIds
}
