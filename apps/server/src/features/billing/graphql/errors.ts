import { ChangeInThePast, OverlappingSubscription, SubscriptionChanged, SubscriptionNotChangeable } from '@tollgate/invoicing'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import type { MutationAudit } from '../../../audited-changes/audited-actions.ts'
import { builder } from '../../../graphql/builder.ts'
import { ErrorInterface } from '../../../graphql/errors/error-interface.ts'
import { SubscriptionStatusRef } from './billing-enums.ts'

builder.objectType(OverlappingSubscription, {
  name: 'OverlappingSubscriptionError',
  description: 'The tenant has a subscription at that time already. Nothing was changed.',
  interfaces: [ErrorInterface],
})

builder.objectType(ChangeInThePast, {
  name: 'ChangeInThePastError',
  description: 'The change would take effect in the past. Nothing was changed.',
  interfaces: [ErrorInterface],
})

builder.objectType(SubscriptionNotChangeable, {
  name: 'SubscriptionNotChangeableError',
  description: 'The change is not possible in the state of the subscription. Nothing was changed.',
  interfaces: [ErrorInterface],
  fields: t => ({ status: t.expose('status', { type: SubscriptionStatusRef, description: 'The state of the subscription.' }) }),
})

builder.objectType(SubscriptionChanged, {
  name: 'SubscriptionChangedError',
  description: 'Somebody else has changed the subscription since you read it. Nothing was changed: read it again.',
  interfaces: [ErrorInterface],
})

/** The events that a new subscription records: those of its effects too. */
export const SUBSCRIBE_EVENTS = ['billing.subscribed', 'tenant.updated', 'credit.allowanceSet'] as const satisfies MutationAudit

/** The events that a change of a subscription records besides its own. */
export const CHANGE_EVENTS = ['tenant.updated', 'credit.allowanceSet', 'trial.extended', 'trial.upgraded', 'trial.expired'] as const

/** The expected failures of a new subscription. */
export const SUBSCRIBE_FAILURES = [InvalidInput, Forbidden, NotFound, OverlappingSubscription]

/** The expected failures of a change of a subscription. */
export const CHANGE_FAILURES = [InvalidInput, Forbidden, NotFound, ChangeInThePast, SubscriptionNotChangeable, SubscriptionChanged]
