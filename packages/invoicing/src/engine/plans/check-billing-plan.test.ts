import type { InvalidInput } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { BillingPlanDraft } from '../../model/plans/billing-plan-draft.ts'
import { planKey, readPlanReference } from '../../model/plans/plan-key.ts'
import { checkBillingPlan } from './check-billing-plan.ts'
import { standardBillingPlans } from './standard-billing-plans.ts'

function issuesOf(draft: BillingPlanDraft): readonly string[] {
  try {
    checkBillingPlan(draft, ({ unlisted }) => (unlisted === 'deny' ? [{ path: 'policies.0.limit', message: 'is wrong' }] : []))
    return []
  } catch (error) {
    return (error as InvalidInput).issues.map(({ path }) => path)
  }
}

describe('a plan', () => {
  it('has defaults for everything but its name and title', () => {
    expect(checkBillingPlan({ name: 'basic', title: 'Basic' })).toMatchObject({
      currency: 'USD',
      feeInterval: 'month',
      feeTiming: 'in_advance',
      seats: null,
      usageCharges: [],
      minimumCommitment: null,
      quotas: null,
      trialDays: 0,
    })
  })

  it('is rejected with the names of all invalid fields', () => {
    const draft: BillingPlanDraft = {
      name: 'Pro Plan',
      title: '',
      currency: 'usd',
      recurringFee: '-1',
      seats: { included: -1, unitPrice: 'many' },
      usageCharges: [
        { name: 'tokens', terms: { kind: 'markup', percent: 'a lot' } },
        { name: 'tokens', terms: { kind: 'price-model', priceModel: { kind: 'per-unit', unitPrice: '-0.1' } } },
      ],
      minimumCommitment: '0',
      quotas: { policies: [], unlisted: 'deny' },
      creditAllowance: { amount: '0', rolloverPercent: '101' },
      creditValue: '0.0000000000001',
      trialDays: 1.5,
      rank: -1,
    }
    expect(issuesOf(draft)).toEqual([
      'name',
      'title',
      'currency',
      'recurringFee',
      'minimumCommitment',
      'creditValue',
      'trialDays',
      'rank',
      'seats.included',
      'seats.unitPrice',
      'usageCharges.0.terms.percent',
      'usageCharges.1.name',
      'usageCharges.1.terms.priceModel.unitPrice',
      'creditAllowance.amount',
      'creditAllowance.rolloverPercent',
      'quotas.policies.0.limit',
    ])
  })
})

it('names the first version of a plan by its name, and later ones with their number', () => {
  expect([planKey('pro', 1), planKey('pro', 2)]).toEqual(['pro', 'pro@2'])
  expect(['pro', 'pro@2', 'pro@1', 'pro@0', '@2', ''].map(readPlanReference)).toEqual([
    { name: 'pro', version: undefined },
    { name: 'pro', version: 2 },
    { name: 'pro', version: 1 },
    undefined,
    undefined,
    undefined,
  ])
})

it('offers free, pro, business and enterprise to start with, each a higher rank for a higher fee', () => {
  const plans = standardBillingPlans()
  expect(plans.map(({ key, recurringFee }) => [key, recurringFee.toFixed()])).toEqual([
    ['free', '0'],
    ['pro', '99'],
    ['business', '499'],
    ['enterprise', '1999'],
  ])
  expect(plans.map(({ rank }) => rank)).toEqual(plans.map(({ rank }) => rank).toSorted((a, b) => a - b))
})
