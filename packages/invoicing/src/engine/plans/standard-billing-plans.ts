import { Temporal } from '@tollgate/kernel'
import type { BillingPlan } from '../../model/plans/billing-plan.ts'
import type { BillingPlanDraft } from '../../model/plans/billing-plan-draft.ts'
import { planKey } from '../../model/plans/plan-key.ts'
import { checkBillingPlan } from './check-billing-plan.ts'

const DRAFTS: readonly BillingPlanDraft[] = [
  { name: 'free', title: 'Free', description: 'To try things out.', rank: 0 },
  { name: 'pro', title: 'Pro', description: 'For teams.', recurringFee: '99', seats: { included: 5, unitPrice: '15' }, trialDays: 14, rank: 10 },
  {
    name: 'business',
    title: 'Business',
    description: 'For companies.',
    recurringFee: '499',
    seats: { included: 25, unitPrice: '12' },
    trialDays: 14,
    rank: 20,
  },
  {
    name: 'enterprise',
    title: 'Enterprise',
    description: 'For large companies, with a minimum of usage.',
    recurringFee: '1999',
    minimumCommitment: '1000',
    trialDays: 30,
    rank: 30,
  },
]

const PUBLISHED_AT = /* @__PURE__ */ Temporal.Instant.from('2026-01-01T00:00:00Z')

/**
 * Returns the plans that every installation starts with, as their first versions: free, pro, business and enterprise. Their
 * quotas are those of the plans of the same name, and usage costs what the rules for all plans say. Publish a plan of the same name to
 * replace one.
 */
export function standardBillingPlans(): readonly BillingPlan[] {
  return DRAFTS.map(draft => ({ ...checkBillingPlan(draft), version: 1, key: planKey(draft.name, 1), publishedAt: PUBLISHED_AT }))
}
