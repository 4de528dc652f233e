import { InstantColumn } from '@tollgate/postgres/mikro-orm'
import { defineEntity, type EntitySchema, p } from '@mikro-orm/core'

/** A row of `accounts.tenants`. @internal */
export const TenantRow = defineEntity({
  name: 'TenantRow',
  schema: 'accounts',
  tableName: 'tenants',
  properties: {
    id: p.text().primary(),
    name: p.text(),
    tier: p.text().strictNullable(),
    timeZone: p.text(),
    currency: p.text(),
    billingAnchorDay: p.smallint(),
    /** JSON. */
    metadataRules: p.text(),
    createdAt: p.type(InstantColumn),
  },
})

/** A row of `accounts.api_keys`. @internal */
export const ApiKeyRow = defineEntity({
  name: 'ApiKeyRow',
  schema: 'accounts',
  tableName: 'api_keys',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.text().strictNullable(),
    name: p.text(),
    prefix: p.text(),
    secretHash: p.text(),
    scopes: p.array(),
    createdAt: p.type(InstantColumn),
    expiresAt: p.type(InstantColumn).strictNullable(),
    revokedAt: p.type(InstantColumn).strictNullable(),
    lastUsedAt: p.type(InstantColumn).strictNullable(),
    previousSecretHash: p.text().strictNullable(),
    previousSecretExpiresAt: p.type(InstantColumn).strictNullable(),
  },
})

/** The entities to pass to `openEntityDatabase`. */
export const accountsEntities: readonly EntitySchema[] = [TenantRow, ApiKeyRow]
