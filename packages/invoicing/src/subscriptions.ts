import type { Temporal } from '@tollgate/kernel'
import type { TimeInput } from '@tollgate/kernel/input'
import type { RecurringRevenue } from './engine/revenue/recurring-revenue.ts'
import type { Subscription } from './model/subscriptions/subscription.ts'
import type { TierHistory } from './model/subscriptions/tiers.ts'

/** When a change takes effect: "now", "period_end" for the end of the interval that is paid, or a time in the future. */
export type ChangeTimeInput = TimeInput

/** Which subscription to change: the one of a tenant that has not ended. */
export interface ChangeInput {
  readonly tenantId: string
  /** Revision that the caller has seen. If there is a later one, the change throws `SubscriptionChanged`. Defaults to any. */
  readonly revision?: number | null | undefined
}

/** A subscription to make. */
export interface SubscribeInput {
  readonly tenantId: string
  /** "pro" is the latest version of a plan, "pro@2" that version. */
  readonly plan: string
  /** Defaults to 1. */
  readonly seats?: number | null | undefined
  /** Start: at most a year ago, or in the future. Defaults to now. */
  readonly from?: TimeInput | null | undefined
  /** Day of the month on which billing periods start, 1 to 31. Defaults to that of the tenant. */
  readonly anchorDay?: number | null | undefined
}

/** A trial to start. */
export interface StartTrialInput extends SubscribeInput {
  /** Defaults to the trial days of the plan. */
  readonly days?: number | null | undefined
  /** Go on as an active subscription after the trial. Defaults to false: the trial expires unless it is converted. */
  readonly converts?: boolean | null | undefined
}

/** Another plan. */
export interface ChangePlanInput extends ChangeInput {
  readonly plan: string
  readonly seats?: number | null | undefined
  /** Defaults to now. */
  readonly at?: ChangeTimeInput | null | undefined
}

/** Other seats. */
export interface ChangeSeatsInput extends ChangeInput {
  readonly seats: number
  /** Defaults to now. */
  readonly at?: ChangeTimeInput | null | undefined
}

/** A cancellation. */
export interface CancelInput extends ChangeInput {
  /** Defaults to now. */
  readonly at?: ChangeTimeInput | null | undefined
}

/** A pause. */
export interface PauseSubscriptionInput extends ChangeInput {
  /** Defaults to until it is resumed. */
  readonly resumesAt?: TimeInput | null | undefined
}

/** A trial that lasts longer. */
export interface ExtendTrialInput extends ChangeInput {
  readonly until: TimeInput
}

/** A trial that becomes an active subscription. */
export interface ConvertTrialInput extends ChangeInput {
  /** Defaults to the plan of the trial. */
  readonly plan?: string | null | undefined
  readonly seats?: number | null | undefined
  /** Defaults to now. */
  readonly at?: 'now' | 'trial_end' | null | undefined
}

/** Whose subscriptions to advance. */
export interface AdvanceSubscriptionsOptions {
  /** Maximum number of tenants. */
  readonly first: number
  /** Tenants to leave out, such as those that have just failed. */
  readonly except?: readonly string[]
  readonly onFailure?: ((error: unknown, tenantId: string) => void) | undefined
}

/** Subscriptions of tenants to plans. Every change is one transaction with its effects on the tier, quotas and credits of the tenant. */
export interface Subscriptions {
  /** Subscribes a tenant. Throws `OverlappingSubscription`, `NotFound` and `InvalidInput`. */
  subscribe(input: SubscribeInput): Promise<Subscription>
  /** Subscribes a tenant with a trial. Throws as `subscribe` does. */
  startTrial(input: StartTrialInput): Promise<Subscription>
  extendTrial(input: ExtendTrialInput): Promise<Subscription>
  convertTrial(input: ConvertTrialInput): Promise<Subscription>
  /** Ends a trial now. */
  expireTrial(input: ChangeInput): Promise<Subscription>
  /** Moves a subscription to another plan, now or later. Throws `ChangeInThePast`, `SubscriptionNotChangeable`, `NotFound` and `InvalidInput`. */
  changePlan(input: ChangePlanInput): Promise<Subscription>
  changeSeats(input: ChangeSeatsInput): Promise<Subscription>
  /** Pauses a subscription, until it is resumed or until `resumesAt`. */
  pause(input: PauseSubscriptionInput): Promise<Subscription>
  /** Ends a pause, or withdraws a cancellation that is requested for later. */
  resume(input: ChangeInput): Promise<Subscription>
  cancel(input: CancelInput): Promise<Subscription>
  /** Returns the latest subscription of a tenant, with its state at this moment; undefined if it never had one. */
  find(tenantId: string): Promise<Subscription | undefined>
  /** Returns all subscriptions of a tenant, oldest first. */
  history(tenantId: string): Promise<readonly Subscription[]>
  /** Returns the tiers that a tenant had over time. `currentTier` is the one it has now. */
  tiersOf(tenantId: string, currentTier: string | null): Promise<TierHistory>
  /** Returns the tiers that several tenants had over time, by tenant. `currentTiers` are those that they have now. */
  tiersOfTenants(currentTiers: ReadonlyMap<string, string | null>): Promise<ReadonlyMap<string, TierHistory>>
  /** Gives effect to what has become due, for at most `first` tenants, `except` some. Returns for how many it did. Call it every minute, and again at once while there are more. */
  advance(options: AdvanceSubscriptionsOptions): Promise<number>
  /**
   * Gives effect to what has become due in the latest subscription of a tenant. Returns when it changes by itself or ends a billing period
   * next; null if never.
   */
  advanceTenant(tenantId: string): Promise<Temporal.Instant | null>
  /** Returns the recurring revenue of plans in a currency at a time. */
  recurringRevenue(query: RevenueInput): Promise<RecurringRevenue>
}

/** Which recurring revenue to return. */
export interface RevenueInput {
  /** Defaults to now. */
  readonly at?: TimeInput | null | undefined
  /** Start of the movements. Defaults to all until `at`. */
  readonly since?: TimeInput | null | undefined
  /** Defaults to USD. */
  readonly currency?: string | null | undefined
}
