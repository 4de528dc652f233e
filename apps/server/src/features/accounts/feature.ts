import type { Feature } from '../feature.ts'
import { ApiKeyId, TenantId } from './ids.ts'

/** Tenants and their API keys. */
export const accountsFeature = {
  name: 'accounts',
  ids: [TenantId, ApiKeyId],
  keyScopes: { tenant: ['tenants:read', 'tokens:write'], operatorOnly: ['tenants:write', 'keys:write'] },
  tables: async () => {
    const { accountsEncryptedColumns, accountsEntities, accountsMigrations } = await import('@tollgate/accounts/postgres')
    return { migrations: accountsMigrations, entities: accountsEntities, encrypted: accountsEncryptedColumns }
  },
  prepare: ({ tollgate }) => tollgate.metadataPolicies.load(),
  follow: async ({ tollgate, listener, log }) =>
    (await import('./anonymisation/metadata-rules-changed.ts')).followMetadataRules(listener, tollgate.metadataPolicies, error =>
      log.warn({ err: error }, 'Changed rules of metadata could not be read; the ones before still apply.'),
    ),
  graphql: () => import('./graphql/index.ts'),
  commands: async () => {
    const [{ tenantsCommand }, { keysCommand }, { signInLinkCommand }] = await Promise.all([
      import('./commands/tenants.ts'),
      import('./commands/keys.ts'),
      import('./commands/sign-in-link.ts'),
    ])
    return [tenantsCommand(), keysCommand(), signInLinkCommand()]
  },
} as const satisfies Feature
