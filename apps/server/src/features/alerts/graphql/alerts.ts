import { readScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../../graphql/relay/cursor.ts'
import { AlertId } from '../ids.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { AlertRef } from './alert.ts'
import { AlertKindRef, AlertStateRef } from './alert-enums.ts'

const AlertConnectionRef = builder.connectionObject({ type: AlertRef, name: 'AlertConnection' }, { name: 'AlertEdge' })

builder.queryField('alerts', t =>
  t.field({
    type: AlertConnectionRef,
    authScopes: { can: 'usage:read' },
    complexity: pageComplexity(PAGES.alerts),
    description: "Alerts, the last raised first. A tenant key sees those of its tenant; those of all tenants as one are an operator's alone to see.",
    args: {
      tenantId: t.arg.id({ description: "Whose. For an operator key that names none: every tenant's, and the installation's." }),
      state: t.arg({ type: AlertStateRef, description: 'Only those that are raised now, or only those that have recovered.' }),
      kind: t.arg({ type: AlertKindRef, description: 'Only of this kind.' }),
      first: t.arg.int({ description: `How many, from 1 to ${PAGES.alerts.max}; ${PAGES.alerts.default} where it is left out.` }),
      after: t.arg.string({ description: 'Continue behind this cursor.' }),
    },
    resolve: async (_root, { tenantId, state, kind, ...args }, context) => {
      const scope = await readScope(context, tenantId)
      const page = readPage(args, PAGES.alerts, toAlertId)
      const { items, hasMore } = await context.tollgate.alerts.alerts(scope, { ...page, state: state ?? undefined, kind: kind ?? undefined })
      return toConnection(items, { hasMore, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
)

function toAlertId(cursor: string): string {
  const id = decodeCursor(cursor)
  if (!AlertId.matches(id)) throw invalidCursor()
  return id
}
