import { checkPlan } from './check-plan.ts'
import type { PlanDraft, QuotaPlan } from './plan.ts'

const LIMITS = [
  { name: 'trial', tokensADay: '10000', tokensAHold: '5000', requestsAMinute: '20', costAMonth: '5' },
  { name: 'free', tokensADay: '10000', tokensAHold: '5000', requestsAMinute: '20', costAMonth: '5' },
  { name: 'pro', tokensADay: '500000', tokensAHold: '250000', requestsAMinute: '120', costAMonth: '500' },
  { name: 'business', tokensADay: '5000000', tokensAHold: '2500000', requestsAMinute: '600', costAMonth: '5000' },
  { name: 'enterprise', tokensADay: null, tokensAHold: null, requestsAMinute: null, costAMonth: null },
] as const

/**
 * Returns a plan for each tier to start with: tokens a day, requests a minute and cost (USD) a month. Enterprise is counted
 * but unlimited until an override says otherwise. A reservation holds at most half a day's tokens, so that two calls can
 * run side by side. Other metrics are allowed.
 */
export function standardPlans(): readonly QuotaPlan[] {
  return LIMITS.map(({ name, tokensADay, tokensAHold, requestsAMinute, costAMonth }) => {
    const plan: PlanDraft = {
      name,
      unlisted: 'allow',
      policies: [
        { metric: 'tokens', window: 'day', limit: tokensADay, largestHold: tokensAHold },
        { metric: 'requests', window: 'minute', limit: requestsAMinute },
        // The cost of a call is known only afterwards: alert at the limit, and refuse at 10 % above it.
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
