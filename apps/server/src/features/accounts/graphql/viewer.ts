import type { Viewer } from '@tollgate/accounts'
import { forCustomers, isAccessToken } from '../../../graphql/plugins/access-tokens.ts'
import { builder } from '../../../graphql/builder.ts'
import { TENANT_KEY_SCOPES } from '../key-scopes.ts'
import { ApiKeyRef } from './api-key.ts'
import { TenantRef } from './tenant.ts'

const ViewerKindRef = builder.enumType('ViewerKind', {
  description: 'The kind of API key that a request was sent with.',
  values: {
    OPERATOR: { value: 'operator', description: 'An operator key. It can act on every tenant.' },
    TENANT: { value: 'tenant', description: 'A tenant key. It can act on its own tenant only.' },
  } as const,
})

const ViewerRef = builder.objectRef<Viewer>('Viewer').implement({
  description: 'The sender of a request, identified by its API key.',
  fields: t => ({
    kind: t.expose('kind', { type: ViewerKindRef, description: 'The kind of the key.' }),
    tenant: t.field({
      type: TenantRef,
      nullable: true,
      description: 'The tenant of the key. Null for an operator key, and for the access token of a customer.',
      resolve: viewer => (viewer.kind === 'tenant' && customerOf(viewer) === null ? viewer.tenantId : null),
    }),
    customerId: t.id({
      nullable: true,
      description: 'The only customer that the access token reads. Null for a key, and for an access token that reads a whole tenant.',
      resolve: customerOf,
    }),
    apiKey: t.field({
      type: ApiKeyRef,
      nullable: true,
      description: 'The key. Null for the operator key of the configuration and for an access token.',
      resolve: viewer => (isAccessToken(viewer) ? null : viewer.keyId),
    }),
    scopes: t.stringList({ description: 'The scopes of the key.', resolve: ({ scopes }) => [...scopes] }),
    tenantKeyScopes: t.stringList({
      description: 'Scopes of the key that a tenant key can also have. The others are for operator keys only.',
      resolve: ({ scopes }) => TENANT_KEY_SCOPES.filter(scope => scopes.has(scope)),
    }),
  }),
})

function customerOf(viewer: Viewer): string | null {
  return isAccessToken(viewer) ? viewer.accessToken.customerId : null
}

builder.queryField('viewer', t =>
  t.field({
    type: ViewerRef,
    extensions: forCustomers(args => args),
    description: 'The sender of this request.',
    resolve: (_root, _args, { viewer }) => viewer,
  }),
)
