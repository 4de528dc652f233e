import { readScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../../graphql/relay/cursor.ts'
import { WebhookEndpointId } from '../ids.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { pageArguments } from '../../../graphql/relay/page-arguments.ts'
import { WebhookEndpointRef } from './webhook-endpoint.ts'

const WebhookEndpointConnectionRef = builder.connectionObject({ type: WebhookEndpointRef, name: 'WebhookEndpointConnection' }, { name: 'WebhookEndpointEdge' })

builder.queryField('webhookEndpoints', t =>
  t.field({
    type: WebhookEndpointConnectionRef,
    authScopes: { can: 'webhooks:read' },
    complexity: pageComplexity(PAGES.webhookEndpoints),
    description: 'Lists webhook endpoints, newest first. A tenant key sees the endpoints of its tenant.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. An operator key that omits it reads the endpoints of all tenants and of operators.' }),
      ...pageArguments(t.arg, PAGES.webhookEndpoints),
    },
    resolve: async (_root, { tenantId, ...args }, context) => {
      const scope = await readScope(context, tenantId)
      const page = readPage(args, PAGES.webhookEndpoints, toEndpointId)
      const { items, hasMore } = await context.tollgate.webhooks.endpoints(scope, page)
      return toConnection(items, { hasMore, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
)

function toEndpointId(cursor: string): string {
  const id = decodeCursor(cursor)
  if (!WebhookEndpointId.matches(id)) throw invalidCursor()
  return id
}
