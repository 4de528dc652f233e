import { readScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { decodeCursor, invalidCursor } from '../../../graphql/relay/cursor.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { pageArguments } from '../../../graphql/relay/page-arguments.ts'
import { alertEventCursor, AlertEventRef } from './alert-event.ts'

const AlertEventConnectionRef = builder.connectionObject({ type: AlertEventRef, name: 'AlertEventConnection' }, { name: 'AlertEventEdge' })

builder.queryField('alertEvents', t =>
  t.field({
    type: AlertEventConnectionRef,
    authScopes: { can: 'usage:read' },
    complexity: pageComplexity(PAGES.alertEvents),
    description: 'Lists alert events, oldest first. To poll for new ones without missing any, pass the last cursor received as `after`.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. An operator key that omits it reads all tenants and the installation.' }),
      ...pageArguments(t.arg, PAGES.alertEvents),
    },
    resolve: async (_root, { tenantId, ...args }, context) => {
      const scope = await readScope(context, tenantId)
      const page = readPage(args, PAGES.alertEvents, readAlertEventCursor)
      const { items, hasMore } = await context.tollgate.alerts.events(scope, page)
      return toConnection(items, { hasMore, page, cursor: alertEventCursor })
    },
  }),
)

/** Decodes the cursor of an event. Throws `InvalidInput`. */
export function readAlertEventCursor(cursor: string): string {
  const position = decodeCursor(cursor)
  if (!/^\d{1,18}$/.test(position)) throw invalidCursor()
  return position
}
