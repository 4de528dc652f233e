import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { Overloaded, StoreUnavailable, type TrackedEvent, UsageStopped } from '@tollgate/usage'
import { tenantOf } from '../../../graphql/authorize.ts'
import { viewerName } from '../../../graphql/viewer-name.ts'
import { builder } from '../../../graphql/builder.ts'
import { TrackedUsageRef, withReservations } from './tracked-usage.ts'
import { UsageEventInputRef } from './usage-event-input.ts'

const TrackUsageInputRef = builder.inputType('TrackUsageInput', {
  description: 'Events of one tenant to record.',
  fields: t => ({
    tenantId: t.id({ description: 'Tenant of the events. Required with an operator key; a tenant key implies its tenant.' }),
    events: t.field({ type: [UsageEventInputRef], required: true, description: '1 to 1,000 events.' }),
  }),
})

const TrackUsagePayloadRef = builder.objectRef<{ results: readonly TrackedEvent[] }>('TrackUsagePayload').implement({
  description: 'The results of a batch.',
  fields: t => ({
    results: t.field({
      type: [TrackedUsageRef],
      complexity: { field: 1, multiplier: 1 },
      description: 'One result per event, in the same order.',
      // Not copied: the executor only reads it.
      resolve: ({ results }) => results as TrackedEvent[],
    }),
  }),
})

builder.mutationField('trackUsage', t =>
  t.field({
    type: TrackUsagePayloadRef,
    audit: 'counted',
    authScopes: { can: 'usage:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound, Overloaded, StoreUnavailable, UsageStopped] },
    complexity: ({ input }) => ({ field: 1, multiplier: input.events.length }),
    description:
      'Records usage events, each idempotency key exactly once. Responds when they are durable, rated and counted. An invalid event is rejected; the others are recorded.',
    args: { input: t.arg({ type: TrackUsageInputRef, required: true, description: 'The events.' }) },
    resolve: async (_root, { input }, context) => {
      const tenantId = await tenantOf(context, input.tenantId)
      const tracked = await context.tollgate.usage.track({ tenantId, events: input.events, caller: viewerName(context.viewer) })
      return { results: withReservations(tracked, input.events) }
    },
  }),
)
