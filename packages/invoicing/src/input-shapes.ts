import { inputShape } from '@tollgate/kernel/input'
import type { BillingPlanDraft } from './model/plans/billing-plan-draft.ts'
import type {
  AdvanceSubscriptionsOptions,
  CancelInput,
  ChangeInput,
  ChangePlanInput,
  ChangeSeatsInput,
  ConvertTrialInput,
  ExtendTrialInput,
  PauseSubscriptionInput,
  RevenueInput,
  StartTrialInput,
  SubscribeInput,
} from './subscriptions.ts'

const CHANGE = { tenantId: 'text', revision: 'integer?' } as const satisfies Record<keyof ChangeInput, string>
const SUBSCRIBE = { tenantId: 'text', plan: 'text', seats: 'number?', from: 'time?', anchorDay: 'number?' } as const satisfies Record<
  keyof SubscribeInput,
  string
>

/** The fields of each input. What callers pass is checked against them before anything else. */
export const INPUTS = {
  // What a draft holds is checked where it is read, so that all that is wrong with it is reported together.
  plan: inputShape<BillingPlanDraft>({
    name: 'text',
    title: 'text',
    description: 'text?',
    currency: 'text?',
    feeInterval: 'text?',
    feeTiming: 'text?',
    recurringFee: 'anything?',
    seats: 'object?',
    usageCharges: 'list?',
    minimumCommitment: 'anything?',
    quotas: 'object?',
    creditAllowance: 'object?',
    creditValue: 'anything?',
    trialDays: 'number?',
    rank: 'number?',
  }),
  plans: inputShape<{ readonly allVersions?: boolean }>({ allVersions: 'boolean?' }),
  subscribe: inputShape<SubscribeInput>(SUBSCRIBE),
  startTrial: inputShape<StartTrialInput>({ ...SUBSCRIBE, days: 'number?', converts: 'boolean?' }),
  extendTrial: inputShape<ExtendTrialInput>({ ...CHANGE, until: 'time' }),
  convertTrial: inputShape<ConvertTrialInput>({ ...CHANGE, plan: 'text?', seats: 'number?', at: 'text?' }),
  change: inputShape<ChangeInput>(CHANGE),
  changePlan: inputShape<ChangePlanInput>({ ...CHANGE, plan: 'text', seats: 'number?', at: 'time?' }),
  changeSeats: inputShape<ChangeSeatsInput>({ ...CHANGE, seats: 'number', at: 'time?' }),
  pause: inputShape<PauseSubscriptionInput>({ ...CHANGE, resumesAt: 'time?' }),
  cancel: inputShape<CancelInput>({ ...CHANGE, at: 'time?' }),
  advance: inputShape<AdvanceSubscriptionsOptions>({ first: 'integer', except: 'list?', onFailure: 'function?' }),
  recurringRevenue: inputShape<RevenueInput>({ at: 'time?', since: 'time?', currency: 'text?' }),
} as const
