import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import type { InputFields } from '../../charges/graphql/inputs/input-fields.ts'
import { SUBSCRIBE_EVENTS, SUBSCRIBE_FAILURES } from './errors.ts'
import { subscriptionPayload } from './subscription.ts'

/** Returns the fields of a new subscription. */
export function subscribeFields(t: InputFields) {
  return {
    tenantId: t.id({ required: true, description: 'Tenant that subscribes.' }),
    plan: t.string({ required: true, description: 'Plan: "pro" is the latest version, "pro@2" that version.' }),
    seats: t.int({ description: 'Number of seats. Defaults to 1.' }),
    from: t.field({ type: 'DateTime', description: 'Start: at most a year ago, or in the future. Defaults to now.' }),
    anchorDay: t.int({ description: 'Day of the month on which billing periods start, 1 to 31. Defaults to that of the tenant, which becomes this one.' }),
  }
}

const SubscribeInputRef = builder.inputType('SubscribeInput', { description: 'A subscription to make.', fields: subscribeFields })

const SubscribePayloadRef = subscriptionPayload('SubscribePayload', 'The tenant is subscribed.')

builder.mutationField('subscribe', t =>
  t.field({
    type: SubscribePayloadRef,
    authScopes: { $all: { operator: true, can: 'billing:write' } },
    audit: SUBSCRIBE_EVENTS,
    errors: { types: SUBSCRIBE_FAILURES },
    description:
      'Subscribes a tenant to a plan. In the same transaction, the tenant gets the tier, quotas, charge rules and credits of the plan. Its currency and time zone become those of the subscription. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: SubscribeInputRef, required: true, description: 'The subscription.' }) },
    resolve: async (_root, { input }, context) => {
      const tenantId = await tenantOf(context, input.tenantId)
      return { subscription: await context.tollgate.subscriptions.subscribe({ ...input, tenantId }) }
    },
  }),
)
