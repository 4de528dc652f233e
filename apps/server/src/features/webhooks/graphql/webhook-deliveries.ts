import { scopeOf } from '@tollgate/accounts'
import { builder } from '../../../graphql/builder.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../../graphql/relay/cursor.ts'
import { WebhookDeliveryId, WebhookEndpointId } from '../ids.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { pageArguments } from '../../../graphql/relay/page-arguments.ts'
import { WebhookDeliveryRef } from './webhook-delivery.ts'
import { WebhookDeliveryStateRef } from './webhook-enums.ts'

const WebhookDeliveryConnectionRef = builder.connectionObject({ type: WebhookDeliveryRef, name: 'WebhookDeliveryConnection' }, { name: 'WebhookDeliveryEdge' })

builder.queryField('webhookDeliveries', t =>
  t.field({
    type: WebhookDeliveryConnectionRef,
    authScopes: { can: 'webhooks:read' },
    complexity: pageComplexity(PAGES.webhookDeliveries),
    description: 'Lists deliveries of a webhook endpoint, newest first.',
    args: {
      endpointId: t.arg.id({ required: true, description: 'Id of the endpoint: "whe_…".' }),
      state: t.arg({ type: WebhookDeliveryStateRef, description: 'Only deliveries in this state.' }),
      ...pageArguments(t.arg, PAGES.webhookDeliveries),
    },
    resolve: async (_root, { endpointId, state, ...args }, { viewer, tollgate }) => {
      const page = readPage(args, PAGES.webhookDeliveries, toDeliveryId)
      const query = { ...page, endpointId: WebhookEndpointId.decode(endpointId, 'endpointId'), state: state ?? undefined }
      const { items, hasMore } = await tollgate.webhooks.deliveries(scopeOf(viewer), query)
      return toConnection(items, { hasMore, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
)

function toDeliveryId(cursor: string): string {
  const id = decodeCursor(cursor)
  if (!WebhookDeliveryId.matches(id)) throw invalidCursor()
  return id
}
