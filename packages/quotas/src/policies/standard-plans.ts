import { checkPlan, type PlanDraft, type QuotaPlan } from './plan.ts'

const LIMITS = [
  { name: 'trial', tokensADay: '10000', tokensAHold: '5000', requestsAMinute: '20', costAMonth: '5' },
  { name: 'free', tokensADay: '10000', tokensAHold: '5000', requestsAMinute: '20', costAMonth: '5' },
  { name: 'pro', tokensADay: '500000', tokensAHold: '250000', requestsAMinute: '120', costAMonth: '500' },
  { name: 'business', tokensADay: '5000000', tokensAHold: '2500000', requestsAMinute: '600', costAMonth: '5000' },
  { name: 'enterprise', tokensADay: null, tokensAHold: null, requestsAMinute: null, costAMonth: null },
] as const

/**
 * Plans to start with, one for each tier: tokens a day, requests a minute, cost (USD) a month. Enterprise is counted
 * and unlimited, until an override says otherwise. One reservation holds half a day's tokens at the most, so
 * that two calls fit beside each other. What they do not list is allowed. An operator publishes others.
 */
export function standardPlans(): readonly QuotaPlan[] {
  return LIMITS.map(({ name, tokensADay, tokensAHold, requestsAMinute, costAMonth }) => {
    const plan: PlanDraft = {
      name,
      unlisted: 'allow',
      policies: [
        { metric: 'tokens', window: 'day', limit: tokensADay, largestHold: tokensAHold },
        { metric: 'requests', window: 'minute', limit: requestsAMinute },
        // What a call costs is known after it: it alerts, then refuses within a tenth above.
        {
          metric: 'cost',
          window: 'month',
          limit: costAMonth,
          ...(costAMonth === null ? {} : { enforcement: 'grace', grace: { percent: '10' }, unknownAmount: 'allow' }),
        },
      ],
    }
    return checkPlan(plan)
  })
}
