import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import type { InputFields } from '../../charges/graphql/inputs/input-fields.ts'
import { ChangeTimeRef } from './billing-enums.ts'
import { CHANGE_EVENTS, CHANGE_FAILURES } from './errors.ts'
import { subscriptionPayload } from './subscription.ts'

/** Returns the fields of any change of a subscription. */
export function changeFields(t: InputFields) {
  return {
    tenantId: t.id({ required: true, description: 'Tenant whose subscription changes.' }),
    revision: t.int({ description: 'Revision that you have seen. If there is a later one, nothing changes. Defaults to any.' }),
  }
}

const CHANGE = { authScopes: { $all: { operator: true, can: 'billing:write' as const } }, errors: { types: CHANGE_FAILURES } }

const ChangePlanInputRef = builder.inputType('ChangePlanInput', {
  description: 'Another plan for a subscription.',
  fields: t => ({
    ...changeFields(t),
    plan: t.string({ required: true, description: 'Plan: "pro" is the latest version, "pro@2" that version.' }),
    seats: t.int({ description: 'Number of seats. Defaults to the present number, or to 1 if the plan is not sold by seats.' }),
    at: t.field({ type: ChangeTimeRef, description: 'When. Defaults to NOW.' }),
  }),
})
const ChangePlanPayloadRef = subscriptionPayload('ChangePlanPayload', 'The plan has changed, or will.')

builder.mutationField('changePlan', t =>
  t.field({
    ...CHANGE,
    type: ChangePlanPayloadRef,
    audit: ['billing.subscriptionChanged', ...CHANGE_EVENTS],
    description:
      'Moves a subscription to another plan, with its tier, quotas, charge rules and credits. Fees are prorated by time. Replaces plan changes that were scheduled. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: ChangePlanInputRef, required: true, description: 'The change.' }) },
    resolve: async (_root, { input }, context) => {
      const tenantId = await tenantOf(context, input.tenantId)
      return { subscription: await context.tollgate.subscriptions.changePlan({ ...input, tenantId }) }
    },
  }),
)

const ChangeSeatsInputRef = builder.inputType('ChangeSeatsInput', {
  description: 'Another number of seats.',
  fields: t => ({
    ...changeFields(t),
    seats: t.int({ required: true, description: 'Number of seats, 1 to 1,000,000.' }),
    at: t.field({ type: ChangeTimeRef, description: 'When. Defaults to NOW.' }),
  }),
})
const ChangeSeatsPayloadRef = subscriptionPayload('ChangeSeatsPayload', 'The number of seats has changed, or will.')

builder.mutationField('changeSeats', t =>
  t.field({
    ...CHANGE,
    type: ChangeSeatsPayloadRef,
    audit: ['billing.subscriptionChanged', ...CHANGE_EVENTS],
    description: 'Changes the number of seats of a subscription. Fees are prorated by time. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: ChangeSeatsInputRef, required: true, description: 'The change.' }) },
    resolve: async (_root, { input }, context) => {
      const tenantId = await tenantOf(context, input.tenantId)
      return { subscription: await context.tollgate.subscriptions.changeSeats({ ...input, tenantId }) }
    },
  }),
)

const PauseSubscriptionInputRef = builder.inputType('PauseSubscriptionInput', {
  description: 'A subscription to pause.',
  fields: t => ({
    ...changeFields(t),
    resumesAt: t.field({ type: 'DateTime', description: 'When it resumes by itself. Defaults to never.' }),
  }),
})
const PauseSubscriptionPayloadRef = subscriptionPayload('PauseSubscriptionPayload', 'The subscription is paused.')

builder.mutationField('pauseSubscription', t =>
  t.field({
    ...CHANGE,
    type: PauseSubscriptionPayloadRef,
    audit: ['billing.subscriptionChanged', ...CHANGE_EVENTS],
    description:
      'Pauses an active subscription: nothing is charged, and quotas deny all usage. Drops plan changes that were scheduled. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: PauseSubscriptionInputRef, required: true, description: 'The change.' }) },
    resolve: async (_root, { input }, context) => {
      const tenantId = await tenantOf(context, input.tenantId)
      return { subscription: await context.tollgate.subscriptions.pause({ ...input, tenantId }) }
    },
  }),
)

const ResumeSubscriptionInputRef = builder.inputType('ResumeSubscriptionInput', { description: 'A subscription to resume.', fields: changeFields })
const ResumeSubscriptionPayloadRef = subscriptionPayload('ResumeSubscriptionPayload', 'The subscription continues.')

builder.mutationField('resumeSubscription', t =>
  t.field({
    ...CHANGE,
    type: ResumeSubscriptionPayloadRef,
    audit: ['billing.subscriptionChanged', ...CHANGE_EVENTS],
    description: 'Ends a pause, or withdraws a cancellation that is requested for later. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: ResumeSubscriptionInputRef, required: true, description: 'The change.' }) },
    resolve: async (_root, { input }, context) => {
      const tenantId = await tenantOf(context, input.tenantId)
      return { subscription: await context.tollgate.subscriptions.resume({ ...input, tenantId }) }
    },
  }),
)

const CancelSubscriptionInputRef = builder.inputType('CancelSubscriptionInput', {
  description: 'A subscription to cancel.',
  fields: t => ({ ...changeFields(t), at: t.field({ type: ChangeTimeRef, description: 'When it ends. Defaults to NOW.' }) }),
})
const CancelSubscriptionPayloadRef = subscriptionPayload('CancelSubscriptionPayload', 'The subscription has ended, or will.')

builder.mutationField('cancelSubscription', t =>
  t.field({
    ...CHANGE,
    type: CancelSubscriptionPayloadRef,
    audit: ['billing.subscriptionCancelled', ...CHANGE_EVENTS],
    description:
      'Ends a subscription now or at the end of its period. The tenant gets the tier "free" then. Until then, `resumeSubscription` withdraws the cancellation. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: CancelSubscriptionInputRef, required: true, description: 'The change.' }) },
    resolve: async (_root, { input }, context) => {
      const tenantId = await tenantOf(context, input.tenantId)
      return { subscription: await context.tollgate.subscriptions.cancel({ ...input, tenantId }) }
    },
  }),
)
