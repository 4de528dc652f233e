import type { AlertEvent } from '@tollgate/alerts'
import { builder } from '../../../graphql/builder.ts'
import { encodeCursor } from '../../../graphql/relay/cursor.ts'
import { AlertRef } from './alert.ts'
import { AlertStateRef } from './alert-enums.ts'

/** GraphQL type `AlertEvent`. */
export const AlertEventRef = builder.objectRef<AlertEvent>('AlertEvent').implement({
  description:
    'An alert was raised or recovered. Events are ordered by when they became visible, so a client that continues after its last cursor misses none.',
  fields: t => ({
    id: t.id({ description: 'Identifies the event.', resolve: ({ cursor }) => `ale_${cursor}` }),
    cursor: t.string({ description: 'Position of the event. Pass it as `after` to continue after this event.', resolve: alertEventCursor }),
    type: t.expose('type', { type: AlertStateRef, description: 'Whether the alert was raised or recovered.' }),
    alert: t.field({ type: AlertRef, description: 'The alert in its current state.', resolve: ({ alertId }) => alertId }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'Time of the evaluation that raised or recovered the alert.' }),
    value: t.expose('value', {
      type: 'Decimal',
      nullable: true,
      description: 'Value that the evaluation measured. Null if there was no data, or the rule was disabled.',
    }),
    threshold: t.expose('threshold', { type: 'Decimal', description: 'Threshold at the time.' }),
    message: t.exposeString('message', { description: 'What happened, in one sentence.' }),
    details: t.expose('details', { type: 'JSON', description: 'What the value consists of. The fields depend on the kind.' }),
  }),
})

/** Returns the cursor of an event as clients see it. */
export function alertEventCursor({ cursor }: AlertEvent): string {
  return encodeCursor(cursor)
}
