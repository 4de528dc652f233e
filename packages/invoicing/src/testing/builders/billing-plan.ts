import { Decimal, Temporal } from '@tollgate/kernel'
import type { BillingPlan } from '../../model/plans/billing-plan.ts'

/** Creates a plan of 100 USD a month in advance, with what a test changes. */
export function billingPlanOf(changes: Partial<BillingPlan> = {}): BillingPlan {
  const { name = 'pro', version = 1 } = changes
  return {
    name,
    version,
    key: version === 1 ? name : `${name}@${version}`,
    title: 'Pro',
    description: null,
    currency: 'USD',
    feeInterval: 'month',
    feeTiming: 'in_advance',
    recurringFee: new Decimal(100),
    seats: null,
    usageCharges: [],
    minimumCommitment: null,
    quotas: null,
    creditAllowance: null,
    creditValue: null,
    trialDays: 14,
    rank: 1,
    publishedAt: Temporal.Instant.from('2026-01-01T00:00:00Z'),
    ...changes,
  }
}
