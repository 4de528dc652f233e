import { scopeOf } from '@tollgate/accounts'
import type { ExplainedEvent } from '@tollgate/charges'
import { builder } from '../../../../graphql/builder.ts'
import { UsageEventId } from '../../../usage/ids.ts'
import { UsageEventRef } from '../../../usage/graphql/usage-event.ts'
import { ChargeExplanationRef } from './charge-explanation.ts'

const EventChargeRef = builder.objectRef<ExplainedEvent>('EventCharge').implement({
  description: 'What one event comes to.',
  fields: t => ({
    event: t.field({ type: UsageEventRef, description: 'The event.', resolve: ({ event }) => event.id }),
    explanation: t.expose('charge', { type: ChargeExplanationRef, description: 'The charge, and why.' }),
  }),
})

builder.queryField('explainCharge', t =>
  t.field({
    type: EventChargeRef,
    nullable: true,
    authScopes: { can: 'usage:read' },
    description:
      'What one event comes to, and why: its pools at the price it was rated with, the markup, each discount, and the rounding, by the rules of its own time. By a price list of our own, what it adds to its calendar month: so the events of a month sum to its price. Null where there is no such event that you can see.',
    args: { eventId: t.arg.id({ required: true, description: 'The event: "evt_…".' }) },
    resolve: async (_root, { eventId }, { viewer, tollgate }) =>
      (await tollgate.charges.explainEvent(scopeOf(viewer), UsageEventId.decode(eventId, 'eventId'))) ?? null,
  }),
)
