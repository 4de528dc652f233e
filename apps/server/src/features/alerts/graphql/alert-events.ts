import { readScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { decodeCursor, invalidCursor } from '../../../graphql/relay/cursor.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { alertEventCursor, AlertEventRef } from './alert-event.ts'

const AlertEventConnectionRef = builder.connectionObject({ type: AlertEventRef, name: 'AlertEventConnection' }, { name: 'AlertEventEdge' })

builder.queryField('alertEvents', t =>
  t.field({
    type: AlertEventConnectionRef,
    authScopes: { can: 'usage:read' },
    complexity: pageComplexity(PAGES.alertEvents),
    description:
      'Raises and recoveries of alerts, the oldest first. None ever appears behind a cursor that was given out before: keep the last one, and ask again.',
    args: {
      tenantId: t.arg.id({ description: "Whose. For an operator key that names none: every tenant's, and the installation's." }),
      first: t.arg.int({ description: `How many, from 1 to ${PAGES.alertEvents.max}; ${PAGES.alertEvents.default} where it is left out.` }),
      after: t.arg.string({ description: 'Continue behind this cursor.' }),
    },
    resolve: async (_root, { tenantId, ...args }, context) => {
      const scope = await readScope(context, tenantId)
      const page = readPage(args, PAGES.alertEvents, readAlertEventCursor)
      const { items, hasMore } = await context.tollgate.alerts.events(scope, page)
      return toConnection(items, { hasMore, page, cursor: alertEventCursor })
    },
  }),
)

/** Reads the place of an event. Throws `InvalidInput`. */
export function readAlertEventCursor(cursor: string): string {
  const place = decodeCursor(cursor)
  if (!/^\d{1,18}$/.test(place)) throw invalidCursor()
  return place
}
