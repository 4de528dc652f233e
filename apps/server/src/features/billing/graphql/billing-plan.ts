import type { BillingPlan, PlanCreditAllowance, PlanUsageCharge, SeatTerms } from '@tollgate/invoicing'
import { builder } from '../../../graphql/builder.ts'
import { FeeIntervalRef, FeeTimingRef } from './billing-enums.ts'

const PlanSeatsRef = builder.objectRef<SeatTerms>('PlanSeats').implement({
  description: 'What seats of a plan cost.',
  fields: t => ({
    included: t.exposeInt('included', { description: 'Seats that the recurring fee includes.' }),
    unitPrice: t.expose('unitPrice', { type: 'Decimal', description: 'Price of each further seat, for one interval of the fee.' }),
  }),
})

const PlanUsageChargeRef = builder.objectRef<PlanUsageCharge>('PlanUsageCharge').implement({
  description: 'A charge rule of a plan.',
  fields: t => ({
    name: t.exposeString('name', { description: 'Name in the plan.' }),
    kind: t.string({ description: 'Kind of the rule: "markup", "discount" or "price-model".', resolve: ({ terms }) => terms.kind }),
  }),
})

const PlanCreditAllowanceRef = builder.objectRef<PlanCreditAllowance>('PlanCreditAllowance').implement({
  description: 'Credits that a plan gives each billing period.',
  fields: t => ({
    amount: t.expose('amount', { type: 'Decimal', description: 'Credits for each billing period.' }),
    rolloverPercent: t.expose('rolloverPercent', {
      type: 'Decimal',
      nullable: true,
      description: 'Maximum percentage of the amount that stays for the next period. Null for none.',
    }),
  }),
})

/** A version of a plan. */
export const BillingPlanRef = builder.objectRef<BillingPlan>('BillingPlan').implement({
  description:
    'One version of everything that a tenant can buy. Versions never change: subscribers stay on theirs until they are moved to another. Identified by `key`.',
  fields: t => ({
    key: t.exposeID('key', {
      description: 'Names the version everywhere else: "pro", then "pro@2". It is the tier of its subscribers, and the plan of its quotas and charge rules.',
    }),
    name: t.exposeString('name', { description: 'Name, shared by all versions.' }),
    version: t.exposeInt('version', { description: 'Counts up from 1 without gaps.' }),
    title: t.exposeString('title', { description: 'Name for people, on invoices.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it is for. Null if it has none.' }),
    currency: t.exposeString('currency', { description: 'ISO 4217 code of the currency of its fees, commitment and credit value.' }),
    feeInterval: t.expose('feeInterval', { type: FeeIntervalRef, description: 'How often the recurring fee is due.' }),
    feeTiming: t.expose('feeTiming', { type: FeeTimingRef, description: 'When the recurring fee is billed.' }),
    recurringFee: t.expose('recurringFee', { type: 'Decimal', description: 'Fee for one interval, without further seats.' }),
    seats: t.expose('seats', { type: PlanSeatsRef, nullable: true, description: 'What seats cost. Null if it is not sold by seats.' }),
    usageCharges: t.field({
      type: [PlanUsageChargeRef],
      description: 'Charge rules of usage besides those for all plans.',
      resolve: ({ usageCharges }) => [...usageCharges],
    }),
    minimumCommitment: t.expose('minimumCommitment', { type: 'Decimal', nullable: true, description: 'The least that usage costs in a month. Null for none.' }),
    creditAllowance: t.expose('creditAllowance', { type: PlanCreditAllowanceRef, nullable: true, description: 'Credits that it gives. Null for none.' }),
    creditValue: t.expose('creditValue', {
      type: 'Decimal',
      nullable: true,
      description: 'What one consumed credit pays of the charges of usage. Null if credits pay nothing on invoices.',
    }),
    trialDays: t.exposeInt('trialDays', { description: 'Days of a trial. 0 if it cannot be tried.' }),
    rank: t.exposeInt('rank', { description: 'Orders plans: a change to a higher rank is an upgrade.' }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', description: 'When it was published.' }),
  }),
})
