import { scopeOf } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { Overloaded, StoreUnavailable, type TrackedEvent, UsageStopped } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { RejectedEventId } from '../ids.ts'
import { TrackedUsageRef } from './tracked-usage.ts'
import { UsageEventInputRef } from './usage-event-input.ts'

const ResendRejectedEventInputRef = builder.inputType('ResendRejectedEventInput', {
  description: 'A rejected event to send again.',
  fields: t => ({
    id: t.id({ required: true, description: 'Id of the rejected event.' }),
    event: t.field({ type: UsageEventInputRef, description: 'Event to send instead. Defaults to the rejected event, unchanged.' }),
  }),
})

const ResendRejectedEventPayloadRef = builder.objectRef<{ result: TrackedEvent }>('ResendRejectedEventPayload').implement({
  description: 'The result of sending a rejected event again.',
  fields: t => ({ result: t.expose('result', { type: TrackedUsageRef, description: 'The result of the event.' }) }),
})

builder.mutationField('resendRejectedEvent', t =>
  t.field({
    type: ResendRejectedEventPayloadRef,
    audit: 'usage.rejectedEventResent',
    authScopes: { can: 'usage:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound, Overloaded, StoreUnavailable, UsageStopped] },
    description: 'Sends a rejected event again, unchanged or corrected. When it is accepted, it is resolved and no longer listed by default.',
    args: { input: t.arg({ type: ResendRejectedEventInputRef, required: true, description: 'The rejected event, and an optional replacement.' }) },
    resolve: async (_root, { input }, { viewer, tollgate }) => {
      const id = RejectedEventId.decode(input.id)
      const result = await tollgate.usage.resendRejected(scopeOf(viewer), { id, ...(input.event && { event: input.event }) })
      if (result === undefined) throw new NotFound('rejected event', input.id)
      return { result }
    },
  }),
)
