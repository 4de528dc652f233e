import { billingPeriodOf, phaseAt, type Subscription, type SubscriptionPhase } from '@tollgate/invoicing'
import type { Period } from '@tollgate/kernel'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { SubscriptionId } from '../ids.ts'
import { PhaseStateRef, SubscriptionStatusRef } from './billing-enums.ts'
import { BillingPlanRef } from './billing-plan.ts'

const BillingPhaseRef = builder.objectRef<SubscriptionPhase>('BillingPhase').implement({
  description: 'A stretch of a subscription with the same plan, seats and state.',
  fields: t => ({
    from: t.expose('from', { type: 'DateTime', description: 'Its start. In the future if it is scheduled.' }),
    to: t.expose('to', { type: 'DateTime', nullable: true, description: 'Its end, exclusive. Null if it has none.' }),
    state: t.expose('state', { type: PhaseStateRef, description: 'Whether it is a trial, active or paused.' }),
    planKey: t.id({ description: 'Key of the plan version.', resolve: ({ plan }) => plan.key }),
    seats: t.exposeInt('seats', { description: 'Number of seats.' }),
  }),
})

const BillingPeriodRef = builder.objectRef<Period>('BillingPeriod').implement({
  description: 'A billing period: a month that starts on the anchor day, in the time zone of the subscription.',
  fields: t => ({
    from: t.expose('from', { type: 'DateTime', description: 'Its start.' }),
    to: t.expose('to', { type: 'DateTime', description: 'Its end, exclusive.' }),
  }),
})

/** A subscription as it is now. */
export const SubscriptionRef = builder.objectRef<Subscription>('BillingSubscription').implement({
  description: 'What a tenant has bought: the plans that it was, is and will be on.',
  fields: t => ({
    id: t.id({ description: 'Id of the subscription.', resolve: ({ tenantId, id }) => SubscriptionId.encode(`${tenantId}:${id}`) }),
    tenantId: t.exposeID('tenantId', { description: 'The tenant.' }),
    status: t.expose('status', { type: SubscriptionStatusRef, description: 'Its state.' }),
    plan: t.field({
      type: BillingPlanRef,
      nullable: true,
      description:
        'The plan version at present; the first one if the subscription has not started, and the last one if it has ended. Null if it was cancelled before it started.',
      resolve: async (subscription, _args, { tollgate }) => {
        const phase = presentPhase(subscription, tollgate.clock.now(subscription.tenantId))
        return phase === undefined ? null : tollgate.billingPlans.find(`${phase.plan.name}@${phase.plan.version}`)
      },
    }),
    seats: t.int({
      description: 'Number of seats at present.',
      resolve: (subscription, _args, { tollgate }) => presentPhase(subscription, tollgate.clock.now(subscription.tenantId))?.seats ?? 0,
    }),
    currency: t.exposeString('currency', { description: 'ISO 4217 code of the currency of its invoices.' }),
    anchorDay: t.exposeInt('anchorDay', { description: 'Day of the month on which billing periods start. In shorter months, the last day.' }),
    timeZone: t.exposeString('timeZone', { description: 'IANA time zone of its billing periods.' }),
    currentPeriod: t.field({
      type: BillingPeriodRef,
      description: 'The billing period at present.',
      resolve: (subscription, _args, { tollgate }) => billingPeriodOf(subscription, tollgate.clock.now(subscription.tenantId)),
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it started, or will start.' }),
    trialEndsAt: t.expose('trialEndsAt', { type: 'DateTime', nullable: true, description: 'End of its trial. Null if it had none.' }),
    cancelsAt: t.expose('cancelsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a requested cancellation takes effect. Null if none is requested.',
    }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true, description: 'When it ended. Null while it has not.' }),
    phases: t.field({
      type: [BillingPhaseRef],
      complexity: { field: 1, multiplier: 10 },
      description: 'Its phases in order, past and scheduled ones included. They adjoin.',
      resolve: ({ phases }) => [...phases],
    }),
    revision: t.exposeInt('revision', { description: 'Counts up with every change. Pass it to a change that must not overwrite another one.' }),
  }),
})

function presentPhase(subscription: Subscription, now: Subscription['startedAt']): SubscriptionPhase | undefined {
  const { phases, startedAt } = subscription
  return phaseAt(subscription, now) ?? (startedAt.epochNanoseconds > now.epochNanoseconds ? phases[0] : phases.at(-1))
}

builder.queryField('subscription', t =>
  t.field({
    type: SubscriptionRef,
    nullable: true,
    authScopes: { can: 'billing:read' },
    description: 'The latest subscription of a tenant; null if it never had one. Requires the scope "billing:read".',
    args: { tenantId: t.arg.id({ description: 'Tenant to read. Required with an operator key; defaults to the own tenant of a tenant key.' }) },
    resolve: async (_root, { tenantId }, context) => (await context.tollgate.subscriptions.find(await tenantOf(context, tenantId))) ?? null,
  }),
)

/** Makes the payload of a mutation that makes or changes a subscription. */
export function subscriptionPayload(name: `${string}Payload`, description: string) {
  return builder.objectRef<{ readonly subscription: Subscription }>(name).implement({
    description,
    fields: t => ({ subscription: t.expose('subscription', { type: SubscriptionRef, description: 'The subscription as it is now.' }) }),
  })
}
