import { type ApiKey, scopeOf } from '@tollgate/accounts'
import { OPERATOR_ONLY_SCOPES, TENANT_KEY_SCOPES } from '../key-scopes.ts'
import { quoted } from '../../../graphql/quoted.ts'
import { builder } from '../../../graphql/builder.ts'
import { TenantRef } from './tenant.ts'

/** A key, without its secret; wherever an id is resolved, keys are loaded together. A tenant's key sees its tenant's. */
export const ApiKeyRef = builder.loadableNodeRef('ApiKey', {
  id: { resolve: (apiKey: ApiKey) => apiKey.id },
  load: async (ids: string[], { viewer, tollgate }): Promise<ApiKey[]> => [...(await tollgate.accounts.apiKeysByIds(scopeOf(viewer), ids))],
  sort: apiKey => apiKey.id,
})

builder.objectType(ApiKeyRef, {
  name: 'ApiKey',
  description: 'A key to this API. Its secret is shown once, when it is made; only a hash of it is kept.',
  fields: t => ({
    tenant: t.field({ type: TenantRef, nullable: true, description: 'Whose it is; null for an operator key.', resolve: ({ tenantId }) => tenantId }),
    name: t.exposeString('name', { description: 'What it is for.' }),
    prefix: t.exposeString('prefix', { description: 'The beginning of the key, to tell keys apart by.' }),
    scopes: t.stringList({
      description: `What it may do: ${quoted(TENANT_KEY_SCOPES)}; and for operators ${quoted(OPERATOR_ONLY_SCOPES)}.`,
      resolve: ({ scopes }) => [...scopes],
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'When it stops to hold; null where it does not by itself.' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'When it was revoked.' }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true, description: 'When it was used last, to a few seconds.' }),
  }),
})
