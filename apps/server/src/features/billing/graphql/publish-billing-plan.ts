import type { ChargeRuleTerms } from '@tollgate/charges'
import type { BillingPlan, BillingPlanDraft } from '@tollgate/invoicing'
import { Forbidden, InvalidInput } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { discountFields, toDiscountTerms } from '../../charges/graphql/inputs/discount-input.ts'
import { markupFields } from '../../charges/graphql/inputs/markup-fields.ts'
import { withInputPaths } from '../../charges/graphql/inputs/path-in-input.ts'
import { CountedUsageRef, PriceModelInputRef, toPriceModel } from '../../charges/graphql/inputs/price-model-input.ts'
import { QuotaFailureModeRef } from '../../quotas/graphql/policies/policy-enums.ts'
import { QuotaPolicyInputRef, toPolicyDraft } from '../../quotas/graphql/policies/quota-policy-input.ts'
import { FeeIntervalRef, FeeTimingRef } from './billing-enums.ts'
import { BillingPlanRef } from './billing-plan.ts'

const PlanSeatsInputRef = builder.inputType('PlanSeatsInput', {
  description: 'What seats of a plan cost.',
  fields: t => ({
    included: t.int({ description: 'Seats that the recurring fee includes. Defaults to 0.' }),
    unitPrice: t.field({ type: 'Decimal', required: true, description: 'Price of each further seat, for one interval of the fee.' }),
  }),
})

const PlanMarkupInputRef = builder.inputType('PlanMarkupInput', { description: 'A percentage added to the cost of providers.', fields: markupFields })
const PlanDiscountInputRef = builder.inputType('PlanDiscountInput', { description: 'A discount on usage.', fields: discountFields })
const PlanPriceListInputRef = builder.inputType('PlanPriceListInput', {
  description: 'A price list that replaces cost and markup.',
  fields: t => ({
    model: t.field({ type: PriceModelInputRef, required: true, description: 'The price model.' }),
    counts: t.field({ type: CountedUsageRef, description: 'What it counts. Defaults to TOKENS.' }),
  }),
})

const PlanUsageChargeInputRef = builder.inputType('PlanUsageChargeInput', {
  description: 'A charge rule of a plan: its name, and exactly one of `markup`, `discount` and `priceModel`.',
  fields: t => ({
    name: t.string({ required: true, description: 'Unique in the plan. 1 to 30 lower-case letters, digits, hyphens or underscores.' }),
    markup: t.field({ type: PlanMarkupInputRef, description: 'A percentage added to the cost of providers.' }),
    discount: t.field({ type: PlanDiscountInputRef, description: 'A discount.' }),
    priceModel: t.field({ type: PlanPriceListInputRef, description: 'A price list.' }),
  }),
})

const PlanQuotasInputRef = builder.inputType('PlanQuotasInput', {
  description: 'The quotas of a plan.',
  fields: t => ({
    unlisted: t.field({ type: QuotaFailureModeRef, required: true, description: 'What happens to requests for metrics that have no quota.' }),
    policies: t.field({ type: [QuotaPolicyInputRef], required: true, description: 'Up to 100 limits, one per metric, operation, window and scope.' }),
  }),
})

const PlanCreditAllowanceInputRef = builder.inputType('PlanCreditAllowanceInput', {
  description: 'Credits that a plan gives each billing period.',
  fields: t => ({
    amount: t.field({ type: 'Decimal', required: true, description: 'Credits for each billing period, above 0.' }),
    rolloverPercent: t.field({ type: 'Decimal', description: 'Maximum percentage of the amount that stays for the next period, 0 to 100. Defaults to none.' }),
  }),
})

const PublishBillingPlanInputRef = builder.inputType('PublishBillingPlanInput', {
  description: 'A plan to publish.',
  fields: t => ({
    name: t.string({
      required: true,
      description: 'Name, such as "pro". An existing name gets its next version. 1 to 50 lower-case letters, digits, hyphens or underscores.',
    }),
    title: t.string({ required: true, description: 'Name for people, on invoices. Up to 100 characters.' }),
    description: t.string({ description: 'What it is for. Up to 1,000 characters.' }),
    currency: t.string({ description: 'ISO 4217 code of the currency of fees, commitment and credit value. Defaults to USD.' }),
    feeInterval: t.field({ type: FeeIntervalRef, description: 'How often the recurring fee is due. Defaults to MONTH.' }),
    feeTiming: t.field({ type: FeeTimingRef, description: 'When the recurring fee is billed. Defaults to IN_ADVANCE.' }),
    recurringFee: t.field({ type: 'Decimal', description: 'Fee for one interval. Defaults to 0.' }),
    seats: t.field({ type: PlanSeatsInputRef, description: 'What seats cost. Defaults to none: it is not sold by seats.' }),
    usageCharges: t.field({ type: [PlanUsageChargeInputRef], description: 'Charge rules of usage besides those for all plans. At most 50. Defaults to none.' }),
    minimumCommitment: t.field({ type: 'Decimal', description: 'The least that usage costs in a month. Defaults to none.' }),
    quotas: t.field({
      type: PlanQuotasInputRef,
      description: 'Quotas of its subscribers. Defaults to those of the version before; for a first version, to the quota plan of its name.',
    }),
    creditAllowance: t.field({ type: PlanCreditAllowanceInputRef, description: 'Credits that it gives. Defaults to none.' }),
    creditValue: t.field({
      type: 'Decimal',
      description: 'What one consumed credit pays of the charges of usage. Defaults to none: credits pay nothing on invoices.',
    }),
    trialDays: t.int({ description: 'Days of a trial, 0 to 730. Defaults to 0: it cannot be tried.' }),
    rank: t.int({ description: 'Orders plans: a change to a higher rank is an upgrade. 0 to 1,000,000. Defaults to 0.' }),
  }),
})

const PublishBillingPlanPayloadRef = builder.objectRef<{ readonly plan: BillingPlan }>('PublishBillingPlanPayload').implement({
  description: 'The plan was published.',
  fields: t => ({ plan: t.expose('plan', { type: BillingPlanRef, description: 'The published version.' }) }),
})

builder.mutationField('publishBillingPlan', t =>
  t.field({
    type: PublishBillingPlanPayloadRef,
    authScopes: { $all: { operator: true, can: 'billing:write' } },
    audit: ['billing.planPublished', 'pricing.chargeRuleCreated', 'pricing.chargeRuleChanged', 'quota.planPublished'],
    errors: { types: [InvalidInput, Forbidden] },
    description:
      'Publishes a plan, or the next version of the plan with its name, together with its quotas and charge rules. Subscribers of earlier versions stay on them. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: PublishBillingPlanInputRef, required: true, description: 'The plan.' }) },
    resolve: async (_root, { input }, { tollgate }) => ({ plan: await withInputPaths(input, '', () => tollgate.billingPlans.publish(toDraft(input))) }),
  }),
)

type PublishInput = typeof PublishBillingPlanInputRef.$inferInput

function toDraft({ usageCharges, quotas, ...plan }: PublishInput): BillingPlanDraft {
  return {
    ...plan,
    usageCharges: usageCharges?.map((charge, i) => ({ name: charge.name, terms: toTerms(charge, `usageCharges.${i}`) })),
    quotas: quotas && {
      unlisted: quotas.unlisted,
      policies: quotas.policies.map((policy, i) => ({ ...toPolicyDraft(policy, `quotas.policies.${i}.`) })),
    },
  }
}

function toTerms({ markup, discount, priceModel }: typeof PlanUsageChargeInputRef.$inferInput, path: string): ChargeRuleTerms {
  const given = [
    ...(markup ? [{ kind: 'markup' as const, ...markup }] : []),
    ...(discount ? [{ kind: 'discount' as const, discount: toDiscountTerms(discount) }] : []),
    ...(priceModel
      ? [{ kind: 'price-model' as const, priceModel: toPriceModel(priceModel.model, `${path}.priceModel.model`), counts: priceModel.counts }]
      : []),
  ]
  const [terms, ...others] = given
  if (terms === undefined || others.length > 0) throw new InvalidInput([{ path, message: 'must have exactly one of markup, discount and priceModel' }])
  return terms
}
