import { readScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { followFrom } from '../../../graphql/live/follow-from.ts'
import { liveOf } from '../../../graphql/live/live-of.ts'
import { liveAlerts } from '../live.ts'
import { AlertEventRef } from './alert-event.ts'

builder.subscriptionField('alerts', t =>
  t.field({
    type: AlertEventRef,
    authScopes: { can: 'usage:read' },
    description:
      'Raises and recoveries of alerts as they happen, on whichever server: in order, each once. With the cursor of the last one that you have as `after`, first those that happened meanwhile: a client that comes back has missed nothing.',
    args: {
      tenantId: t.arg.id({ description: "Whose. For an operator key that names none: every tenant's, and the installation's." }),
      after: t.arg.string({ description: 'Continue behind this cursor. Where it is left out: events from now on.' }),
    },
    subscribe: async (_root, { tenantId, after }, context) => followFrom(liveOf(context).of(liveAlerts), { scope: await readScope(context, tenantId), after }),
    resolve: event => event,
  }),
)
