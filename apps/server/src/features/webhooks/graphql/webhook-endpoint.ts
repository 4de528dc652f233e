import type { WebhookEndpoint } from '@tollgate/webhooks'
import { scopeOf } from '@tollgate/accounts'
import { requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { WebhookTypeRef } from './webhook-enums.ts'

/** GraphQL type `WebhookEndpoint`, without the secret. Ids in one request are loaded together. */
export const WebhookEndpointRef = builder.loadableNodeRef('WebhookEndpoint', {
  id: { resolve: (endpoint: WebhookEndpoint) => endpoint.id },
  load: async (ids: string[], { viewer, tollgate }): Promise<WebhookEndpoint[]> => {
    requireScope(viewer, 'webhooks:read')
    return [...(await tollgate.webhooks.endpointsByIds(scopeOf(viewer), ids))]
  },
  sort: endpoint => endpoint.id,
})

builder.objectType(WebhookEndpointRef, {
  name: 'WebhookEndpoint',
  description:
    'A URL that receives notifications by POST, signed according to Standard Webhooks (standardwebhooks.com). Each notification arrives at least once, in any order; the header "webhook-id" is the same for every repeat.',
  fields: t => ({
    tenant: t.field({
      type: TenantRef,
      nullable: true,
      description:
        'Tenant that owns the endpoint and whose notifications it receives. Null for an endpoint of the operator, which receives notifications of all tenants.',
      resolve: ({ tenantId }) => tenantId,
    }),
    url: t.exposeString('url', { description: 'URL that receives the notifications.' }),
    types: t.field({
      type: [WebhookTypeRef],
      nullable: true,
      description: 'Types that the endpoint receives. Null means all types.',
      resolve: ({ types }) => types && [...types],
    }),
    description: t.exposeString('description', { nullable: true, description: 'Description.' }),
    enabled: t.exposeBoolean('enabled', { description: 'Whether the endpoint receives notifications.' }),
    disabledReason: t.exposeString('disabledReason', {
      nullable: true,
      description: 'Why the endpoint was disabled automatically: it responded with 410 Gone, or no attempt succeeded for five days. Null otherwise.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'Time of creation. The endpoint receives notifications of what happened since.' }),
    failingSince: t.expose('failingSince', {
      type: 'DateTime',
      nullable: true,
      description: 'Time of the first failure since the last success. Null if the last attempt succeeded.',
    }),
  }),
})
