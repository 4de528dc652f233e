import { readScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../../graphql/relay/cursor.ts'
import { AlertId } from '../ids.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { FOLLOW_AFTER_DESCRIPTION, followAfterOf, withFollowAfter } from '../../../graphql/relay/follow-after.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { pageArguments } from '../../../graphql/relay/page-arguments.ts'
import { AlertRef } from './alert.ts'
import { AlertKindRef, AlertStateRef } from './alert-enums.ts'

const AlertConnectionRef = builder.connectionObject(
  {
    type: AlertRef,
    name: 'AlertConnection',
    fields: t => ({ followAfter: t.string({ description: FOLLOW_AFTER_DESCRIPTION, resolve: followAfterOf }) }),
  },
  { name: 'AlertEdge' },
)

builder.queryField('alerts', t =>
  t.field({
    type: AlertConnectionRef,
    authScopes: { can: 'usage:read' },
    complexity: pageComplexity(PAGES.alerts),
    description:
      'Lists alerts, newest first. A tenant key sees the alerts of its tenant; only operators see alerts about all tenants together. The subscription of the same name continues after `followAfter`.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. An operator key that omits it reads all tenants and the installation.' }),
      state: t.arg({ type: AlertStateRef, description: 'Only alerts in this state.' }),
      kind: t.arg({ type: AlertKindRef, description: 'Only alerts of this kind.' }),
      ...pageArguments(t.arg, PAGES.alerts),
    },
    resolve: async (_root, { tenantId, state, kind, ...args }, context) => {
      const scope = await readScope(context, tenantId)
      const page = readPage(args, PAGES.alerts, toAlertId)
      // Read first: an event in the meantime is then in both the list and the subscription.
      const lastEvent = await context.tollgate.alerts.lastEvent()
      const { items, hasMore } = await context.tollgate.alerts.alerts(scope, { ...page, state: state ?? undefined, kind: kind ?? undefined })
      return withFollowAfter(toConnection(items, { hasMore, page, cursor: ({ id }) => encodeCursor(id) }), encodeCursor(lastEvent))
    },
  }),
)

function toAlertId(cursor: string): string {
  const id = decodeCursor(cursor)
  if (!AlertId.matches(id)) throw invalidCursor()
  return id
}
