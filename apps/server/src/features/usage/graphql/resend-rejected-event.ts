import { scopeOf } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { Overloaded, StoreUnavailable, type TrackedEvent, UsageStopped } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { RejectedEventId } from '../ids.ts'
import { TrackedUsageRef } from './tracked-usage.ts'
import { UsageEventInputRef } from './usage-event-input.ts'

const ResendRejectedEventInputRef = builder.inputType('ResendRejectedEventInput', {
  description: 'A refused event to be sent again.',
  fields: t => ({
    id: t.id({ required: true, description: 'The id of the rejected event.' }),
    event: t.field({ type: UsageEventInputRef, description: 'What to send in its place; as it was where it is left out.' }),
  }),
})

const ResendRejectedEventPayloadRef = builder.objectRef<{ result: TrackedEvent }>('ResendRejectedEventPayload').implement({
  description: 'What became of a refused event that was sent again.',
  fields: t => ({ result: t.expose('result', { type: TrackedUsageRef, description: 'What became of it this time.' }) }),
})

builder.mutationField('resendRejectedEvent', t =>
  t.field({
    type: ResendRejectedEventPayloadRef,
    authScopes: { can: 'usage:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound, Overloaded, StoreUnavailable, UsageStopped] },
    description: 'Sends a refused event again, as it was or mended. Once it is taken, it leaves the list of rejected events.',
    args: { input: t.arg({ type: ResendRejectedEventInputRef, required: true, description: 'Which one, and what to send in its place.' }) },
    resolve: async (_root, { input }, { viewer, tollgate }) => {
      const id = RejectedEventId.decode(input.id)
      const result = await tollgate.usage.resendRejected(scopeOf(viewer), { id, ...(input.event && { event: input.event }) })
      if (result === undefined) throw new NotFound('rejected event', input.id)
      return { result }
    },
  }),
)
