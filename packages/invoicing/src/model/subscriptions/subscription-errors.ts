import { DomainError, type Temporal } from '@tollgate/kernel'
import type { SubscriptionStatus } from './subscription.ts'

/** A tenant cannot have two subscriptions at the same time. */
export class OverlappingSubscription extends DomainError<'OVERLAPPING_SUBSCRIPTION'> {
  constructor(tenantId: string, reason: string) {
    super('OVERLAPPING_SUBSCRIPTION', `The tenant "${tenantId}" cannot have two subscriptions at a time: ${reason}`)
  }
}

/** A change would take effect before now, or before an earlier change. What has been in effect stays as it was. */
export class ChangeInThePast extends DomainError<'CHANGE_IN_THE_PAST'> {
  constructor(at: Temporal.Instant, earliest: Temporal.Instant) {
    super(
      'CHANGE_IN_THE_PAST',
      `A subscription cannot be changed at ${at.toString()}, because it has taken effect until ${earliest.toString()}. Choose that time or a later one.`,
    )
  }
}

/** The change is not possible in the state of the subscription. */
export class SubscriptionNotChangeable extends DomainError<'SUBSCRIPTION_NOT_CHANGEABLE'> {
  readonly status: SubscriptionStatus

  constructor(status: SubscriptionStatus, reason: string) {
    super('SUBSCRIPTION_NOT_CHANGEABLE', `The subscription is ${status}: ${reason}`)
    this.status = status
  }
}

/** Another change was made at the same time. Read the subscription again before you repeat yours. */
export class SubscriptionChanged extends DomainError<'SUBSCRIPTION_CHANGED'> {
  constructor(tenantId: string) {
    super(
      'SUBSCRIPTION_CHANGED',
      `The subscription of the tenant "${tenantId}" was changed at the same time. Read it again, then repeat the change if it still applies.`,
    )
  }
}
