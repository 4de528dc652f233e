import { type ApiKey, scopeOf } from '@tollgate/accounts'
import { Forbidden } from '@tollgate/kernel'
import { isAccessToken } from '../../../graphql/plugins/access-tokens.ts'
import { OPERATOR_ONLY_SCOPES, TENANT_KEY_SCOPES } from '../key-scopes.ts'
import { quoted } from '../../../graphql/quoted.ts'
import { builder } from '../../../graphql/builder.ts'
import { TenantRef } from './tenant.ts'

/** An API key. Ids are loaded in batches. A tenant key can load the keys of its own tenant. */
export const ApiKeyRef = builder.loadableNodeRef('ApiKey', {
  id: { resolve: (apiKey: ApiKey) => apiKey.id },
  load: async (ids: string[], { viewer, tollgate }): Promise<ApiKey[]> => {
    if (isAccessToken(viewer)) throw new Forbidden('An access token cannot read API keys.')
    return [...(await tollgate.accounts.apiKeysByIds(scopeOf(viewer), ids))]
  },
  sort: apiKey => apiKey.id,
})

builder.objectType(ApiKeyRef, {
  name: 'ApiKey',
  description: 'A key for this API. Its secret is returned once, when it is created; only a hash is stored.',
  fields: t => ({
    tenant: t.field({ type: TenantRef, nullable: true, description: 'The tenant of the key. Null for an operator key.', resolve: ({ tenantId }) => tenantId }),
    name: t.exposeString('name', { description: 'Display name.' }),
    prefix: t.exposeString('prefix', { description: 'The first characters of the secret, to tell keys apart.' }),
    scopes: t.stringList({
      description: `What the key may do: ${quoted(TENANT_KEY_SCOPES)}; for operator keys also ${quoted(OPERATOR_ONLY_SCOPES)}.`,
      resolve: ({ scopes }) => [...scopes],
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the key was created.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'When the key expires. Null means never.' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'When the key was revoked. Null if it was not.' }),
    previousSecretExpiresAt: t.expose('previousSecretExpiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Until when the secret works that the last rotation replaced. Null if the key was never rotated.',
    }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the key was last used, accurate to a few seconds. Null if it never was.',
    }),
  }),
})
