import { readScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { followFrom } from '../../../graphql/live/follow-from.ts'
import { requireLive } from '../../../graphql/live/require-live.ts'
import { liveAlerts } from '../live.ts'
import { AlertEventRef } from './alert-event.ts'

builder.subscriptionField('alerts', t =>
  t.field({
    type: AlertEventRef,
    authScopes: { can: 'usage:read' },
    description:
      'Alert events as they happen, on any server, each once and in order. To resume without missing any, pass the cursor of the last event received as `after`.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to follow. An operator key that omits it follows all tenants and the installation.' }),
      after: t.arg.string({ description: 'Return events after this cursor. Defaults to events from now on.' }),
    },
    subscribe: async (_root, { tenantId, after }, context) =>
      followFrom(requireLive(context).source(liveAlerts), { scope: await readScope(context, tenantId), after }),
    resolve: event => event,
  }),
)
