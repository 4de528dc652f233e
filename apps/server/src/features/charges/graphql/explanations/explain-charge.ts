import { scopeOf } from '@tollgate/accounts'
import type { ExplainedEvent } from '@tollgate/charges'
import { builder } from '../../../../graphql/builder.ts'
import { UsageEventId } from '../../../usage/ids.ts'
import { UsageEventRef } from '../../../usage/graphql/usage-event.ts'
import { ChargeExplanationRef } from './charge-explanation.ts'

const EventChargeRef = builder.objectRef<ExplainedEvent>('EventCharge').implement({
  description: 'The charge of one event.',
  fields: t => ({
    event: t.field({ type: UsageEventRef, description: 'The event.', resolve: ({ event }) => event.id }),
    explanation: t.expose('charge', { type: ChargeExplanationRef, description: 'The charge and its explanation.' }),
  }),
})

builder.queryField('explainCharge', t =>
  t.field({
    type: EventChargeRef,
    nullable: true,
    authScopes: { can: 'usage:read' },
    description:
      'Explains the charge of one event: its token pools at the price it was rated with, the markup, each discount and the rounding, by the rules of its own time. If a price list applies, the charge is what the event adds to its calendar month, so that the events of a month add up to its price. Null for an event that does not exist or that you cannot see.',
    args: { eventId: t.arg.id({ required: true, description: 'Id of the event: "evt_…".' }) },
    resolve: async (_root, { eventId }, { viewer, tollgate }) =>
      (await tollgate.charges.explainEvent(scopeOf(viewer), UsageEventId.decode(eventId, 'eventId'))) ?? null,
  }),
)
