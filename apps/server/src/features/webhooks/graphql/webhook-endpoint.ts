import type { WebhookEndpoint } from '@tollgate/webhooks'
import { scopeOf } from '@tollgate/accounts'
import { requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { WebhookTypeRef } from './webhook-enums.ts'

/** An endpoint, without its secret; wherever an id is resolved, they are loaded together. */
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
    'A URL that is told of what happens, by POST, signed after Standard Webhooks (standardwebhooks.com). At least once each, in no order that could be relied on; the header "webhook-id" is the same whenever the same is sent again.',
  fields: t => ({
    tenant: t.field({
      type: TenantRef,
      nullable: true,
      description: 'Whose it is, and of whom it hears; null for one of an operator, which hears of all.',
      resolve: ({ tenantId }) => tenantId,
    }),
    url: t.exposeString('url', { description: 'Where it is.' }),
    types: t.field({
      type: [WebhookTypeRef],
      nullable: true,
      description: 'What it is told of; null for everything.',
      resolve: ({ types }) => types && [...types],
    }),
    description: t.exposeString('description', { nullable: true, description: 'What it is for.' }),
    enabled: t.exposeBoolean('enabled', { description: 'Whether it is told of what happens.' }),
    disabledReason: t.exposeString('disabledReason', {
      nullable: true,
      description: 'Why it was switched off by itself: it answered 410 Gone, or could not be reached for five days.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made. It is told of what happened since.' }),
    failingSince: t.expose('failingSince', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when no attempt has succeeded; null where the last one did.',
    }),
  }),
})
