import type { Viewer } from '@tollgate/accounts'
import { builder } from '../../../graphql/builder.ts'
import { ApiKeyRef } from './api-key.ts'
import { TenantRef } from './tenant.ts'

const ViewerKindRef = builder.enumType('ViewerKind', {
  description: 'What kind of key a request was sent with.',
  values: {
    OPERATOR: { value: 'operator', description: "An operator's: it sees every tenant." },
    TENANT: { value: 'tenant', description: "A tenant's: it sees that tenant only." },
  } as const,
})

const ViewerRef = builder.objectRef<Viewer>('Viewer').implement({
  description: 'Who is asking, as the API key of the request says.',
  fields: t => ({
    kind: t.expose('kind', { type: ViewerKindRef, description: 'Operator or tenant.' }),
    tenant: t.field({
      type: TenantRef,
      nullable: true,
      description: 'The tenant of the key; null for an operator.',
      resolve: viewer => (viewer.kind === 'tenant' ? viewer.tenantId : null),
    }),
    apiKey: t.field({
      type: ApiKeyRef,
      nullable: true,
      description: 'The key; null for the one that the server was configured with.',
      resolve: viewer => viewer.keyId,
    }),
    scopes: t.stringList({ description: 'What the key may do.', resolve: ({ scopes }) => [...scopes] }),
  }),
})

builder.queryField('viewer', t => t.field({ type: ViewerRef, description: 'Who is asking.', resolve: (_root, _args, { viewer }) => viewer }))
