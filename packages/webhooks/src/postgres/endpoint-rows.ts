import { type Scope, Temporal } from '@tollgate/kernel'
import type { EncryptedColumn } from '@tollgate/postgres'
import type { NotificationType } from '../model/notification.ts'
import type { WebhookEndpoint } from '../model/webhook-endpoint.ts'

/** Columns of an endpoint, without its secrets. */
export const ENDPOINT_COLUMNS = 'id, tenant_id, url, types, description, enabled, disabled_reason, failing_since, created_at'

/** A row of `ENDPOINT_COLUMNS`. */
export interface EndpointRow {
  id: string
  tenant_id: string | null
  url: string
  types: NotificationType[] | null
  description: string | null
  enabled: boolean
  disabled_reason: string | null
  failing_since: string | null
  created_at: string
}

/** Reads an endpoint from its row. */
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

/** Reads a timestamp that may be null. */
export function instantOrNull(text: string | null): Temporal.Instant | null {
  return text === null ? null : Temporal.Instant.from(text)
}

/** The first parameter of statements with `IN_SCOPE`: the tenants of a scope, or null for operators. */
export function tenantsOf(scope: Scope): readonly string[] | null {
  return scope.kind === 'operator' ? null : scope.tenantIds
}

/** Limits a statement to the tenants in its first parameter. */
export const IN_SCOPE = '($1::text[] is null or tenant_id = any ($1))'

/** Returns what a secret of an endpoint is encrypted as. Its old secret is encrypted as the same, because a rotation moves it there. */
export function secretContext(endpointId: string): string {
  return `webhooks.endpoints.secret ${endpointId}`
}

/** The encrypted columns of webhooks. */
export const webhooksEncryptedColumns: readonly EncryptedColumn[] = (['secret', 'old_secret'] as const).map(column => ({
  table: 'webhooks.endpoints',
  key: ['id'],
  column,
  type: 'text',
  context: (endpointId = '') => secretContext(endpointId),
}))
