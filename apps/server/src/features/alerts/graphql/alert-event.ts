import type { AlertEvent } from '@tollgate/alerts'
import { builder } from '../../../graphql/builder.ts'
import { encodeCursor } from '../../../graphql/relay/cursor.ts'
import { AlertRef } from './alert.ts'
import { AlertStateRef } from './alert-enums.ts'

/** A raise or a recovery. */
export const AlertEventRef = builder.objectRef<AlertEvent>('AlertEvent').implement({
  description: 'A raise or a recovery of an alert. They stand in the order in which they became visible: behind the last one seen, none is missed.',
  fields: t => ({
    cursor: t.string({ description: 'Its place in the order: continue behind it with `after`.', resolve: alertEventCursor }),
    type: t.expose('type', { type: AlertStateRef, description: 'What the alert became.' }),
    alert: t.field({ type: AlertRef, description: 'The alert, as it is now.', resolve: ({ alertId }) => alertId }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'The evaluation that came to it.' }),
    value: t.expose('value', { type: 'Decimal', nullable: true, description: 'What the evaluation found; null where there was nothing to look at any more.' }),
    threshold: t.expose('threshold', { type: 'Decimal', description: 'What the value was held against.' }),
    message: t.exposeString('message', { description: 'What happened, in a sentence for people.' }),
    details: t.expose('details', { type: 'JSON', description: 'What the value was made of; what is in it depends on the kind.' }),
  }),
})

/** The place of an event, as clients see it. */
export function alertEventCursor({ cursor }: AlertEvent): string {
  return encodeCursor(cursor)
}
