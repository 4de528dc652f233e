import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { changeFields } from './change-subscription.ts'
import { CHANGE_EVENTS, CHANGE_FAILURES, SUBSCRIBE_EVENTS, SUBSCRIBE_FAILURES } from './errors.ts'
import { subscribeFields } from './subscribe.ts'
import { subscriptionPayload } from './subscription.ts'

const OPERATORS = { $all: { operator: true, can: 'billing:write' as const } }

const TrialTimeRef = builder.enumType('TrialConversionTime', {
  description: 'When a trial becomes an active subscription.',
  values: { NOW: { value: 'now', description: 'At once.' }, TRIAL_END: { value: 'trial_end', description: 'When the trial ends.' } } as const,
})

const StartTrialInputRef = builder.inputType('StartTrialInput', {
  description: 'A trial to start.',
  fields: t => ({
    ...subscribeFields(t),
    days: t.int({ description: "Days of the trial, in the tenant's calendar. Defaults to those of the plan." }),
    converts: t.boolean({ description: 'Whether it becomes an active subscription at its end. Defaults to false: it expires.' }),
  }),
})
const StartTrialPayloadRef = subscriptionPayload('StartTrialPayload', 'The trial was started.')

builder.mutationField('startTrial', t =>
  t.field({
    type: StartTrialPayloadRef,
    authScopes: OPERATORS,
    audit: SUBSCRIBE_EVENTS,
    errors: { types: SUBSCRIBE_FAILURES },
    description: 'Subscribes a tenant to a plan with a trial, without fees and charges. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: StartTrialInputRef, required: true, description: 'The trial.' }) },
    resolve: async (_root, { input }, context) => {
      const tenantId = await tenantOf(context, input.tenantId)
      return { subscription: await context.tollgate.subscriptions.startTrial({ ...input, tenantId }) }
    },
  }),
)

const ExtendTrialInputRef = builder.inputType('ExtendTrialInput', {
  description: 'A later end of a trial.',
  fields: t => ({
    ...changeFields(t),
    until: t.field({ type: 'DateTime', required: true, description: 'New end of the trial: later than before, and at most 730 days after its start.' }),
  }),
})
const ExtendTrialPayloadRef = subscriptionPayload('ExtendTrialPayload', 'The trial was extended.')

builder.mutationField('extendTrial', t =>
  t.field({
    type: ExtendTrialPayloadRef,
    authScopes: OPERATORS,
    audit: ['billing.subscriptionChanged', ...CHANGE_EVENTS],
    errors: { types: CHANGE_FAILURES },
    description: 'Moves the end of a trial to a later time. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: ExtendTrialInputRef, required: true, description: 'The change.' }) },
    resolve: async (_root, { input }, context) => {
      const tenantId = await tenantOf(context, input.tenantId)
      return { subscription: await context.tollgate.subscriptions.extendTrial({ ...input, tenantId }) }
    },
  }),
)

const ConvertTrialInputRef = builder.inputType('ConvertTrialInput', {
  description: 'How a trial becomes an active subscription.',
  fields: t => ({
    ...changeFields(t),
    plan: t.string({ description: 'Plan. Defaults to that of the trial.' }),
    seats: t.int({ description: 'Number of seats. Defaults to those of the trial.' }),
    at: t.field({ type: TrialTimeRef, description: 'When. Defaults to NOW.' }),
  }),
})
const ConvertTrialPayloadRef = subscriptionPayload('ConvertTrialPayload', 'The trial is, or will be, an active subscription.')

builder.mutationField('convertTrial', t =>
  t.field({
    type: ConvertTrialPayloadRef,
    authScopes: OPERATORS,
    audit: ['billing.subscriptionChanged', ...CHANGE_EVENTS],
    errors: { types: CHANGE_FAILURES },
    description: 'Makes a trial an active subscription. Withdraws a cancellation. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: ConvertTrialInputRef, required: true, description: 'The change.' }) },
    resolve: async (_root, { input }, context) => {
      const tenantId = await tenantOf(context, input.tenantId)
      return { subscription: await context.tollgate.subscriptions.convertTrial({ ...input, tenantId }) }
    },
  }),
)

const ExpireTrialInputRef = builder.inputType('ExpireTrialInput', { description: 'A trial to end.', fields: changeFields })
const ExpireTrialPayloadRef = subscriptionPayload('ExpireTrialPayload', 'The trial has ended.')

builder.mutationField('expireTrial', t =>
  t.field({
    type: ExpireTrialPayloadRef,
    authScopes: OPERATORS,
    audit: ['billing.subscriptionChanged', ...CHANGE_EVENTS],
    errors: { types: CHANGE_FAILURES },
    description: 'Ends a trial now, without an active subscription. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: ExpireTrialInputRef, required: true, description: 'The trial.' }) },
    resolve: async (_root, { input }, context) => {
      const tenantId = await tenantOf(context, input.tenantId)
      return { subscription: await context.tollgate.subscriptions.expireTrial({ ...input, tenantId }) }
    },
  }),
)
