import type { ExplainedModel, ExplainedPart, ExplainedPeriod, PartSum } from '@tollgate/charges'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { MEASURE_COMPLEXITY } from '../../../../graphql/limits/limits.ts'
import { toDimensionFilter } from '../dimension-filter.ts'
import { TimeRangeInputRef } from '../../../usage/graphql/time-range-input.ts'
import { TokenTotalsRef } from '../../../usage/graphql/token-totals.ts'
import { toFilterByDimensions, UsageFilterInputRef } from '../../../usage/graphql/usage-filter-input.ts'
import { ChargeExplanationRef } from './charge-explanation.ts'

const ModelChargeRef = builder.objectRef<ExplainedModel>('ModelCharge').implement({
  description: 'The charge of one model.',
  fields: t => ({
    provider: t.exposeString('provider', { nullable: true, description: 'Provider of the model. Null for usage without a model.' }),
    model: t.exposeString('model', { nullable: true, description: 'The model, as the client sent it.' }),
    calls: t.expose('calls', { type: 'SafeInt', description: 'Number of events.' }),
    unpricedCalls: t.expose('unpricedCalls', { type: 'SafeInt', description: 'Number of events without a price. Neither cost nor charge includes them.' }),
    tokens: t.expose('tokens', { type: TokenTotalsRef, description: 'Tokens by pool.' }),
    quantity: t.expose('quantity', { type: 'Decimal', description: 'Units of compute operations.' }),
    cost: t.expose('cost', {
      type: 'Decimal',
      nullable: true,
      showsCosts: true,
      description: 'Cost in USD, including corrections. Null if none of the events has a price.',
    }),
    explanation: t.expose('charge', {
      type: ChargeExplanationRef,
      nullable: true,
      description: 'The charge of this model, with its markup and the discounts on a provider or model. Null if a price list charges all models together.',
    }),
  }),
})

const ChargePartRef = builder.objectRef<ExplainedPart>('ChargePart').implement({
  description: 'A part of a range that one set of rules applies to.',
  fields: t => ({
    from: t.field({ type: 'DateTime', description: 'Start of the part.', resolve: ({ range }) => range.from }),
    to: t.field({ type: 'DateTime', description: 'End of the part, exclusive.', resolve: ({ range }) => range.to }),
    models: t.field({ type: [ModelChargeRef], description: 'Charges by model, highest cost first.', resolve: ({ models }) => [...models] }),
    total: t.expose('total', { type: ChargeExplanationRef, description: 'What the part adds to the charge of the range, by the rules of its own time.' }),
  }),
})

const ChargePartSumRef = builder.objectRef<PartSum>('ChargePartSum').implement({
  description: 'Sum of the parts of a range with the same rules and the same time-based discounts.',
  fields: t => ({
    parts: t.exposeInt('parts', { description: 'Number of parts, such as 30 nights.' }),
    from: t.field({ type: 'DateTime', description: 'Start of the first part.', resolve: ({ range }) => range.from }),
    to: t.field({
      type: 'DateTime',
      description: 'End of the last part, exclusive. Parts with other rules may lie between.',
      resolve: ({ range }) => range.to,
    }),
    discounts: t.exposeStringList('discounts', {
      description: 'Discounts whose conditions on validity, hours and weekdays are met in these parts, such as "nights v1".',
    }),
    calls: t.expose('calls', { type: 'SafeInt', description: 'Number of events.' }),
    unpricedCalls: t.expose('unpricedCalls', { type: 'SafeInt', description: 'Number of events without a price. Neither cost nor charge includes them.' }),
    cost: t.expose('cost', { type: 'Decimal', nullable: true, showsCosts: true, description: 'Cost in USD, including corrections.' }),
    charge: t.expose('charge', {
      type: 'Decimal',
      nullable: true,
      description: 'What the parts add to the charge of the range, in USD. Null if one of them has no price.',
    }),
  }),
})

const PeriodChargeRef = builder.objectRef<ExplainedPeriod>('PeriodCharge').implement({
  description: "The charge of a tenant's usage in a range.",
  fields: t => ({
    calls: t.expose('calls', { type: 'SafeInt', description: 'Number of events.' }),
    unpricedCalls: t.expose('unpricedCalls', { type: 'SafeInt', description: 'Number of events without a price. Neither cost nor charge includes them.' }),
    models: t.field({ type: [ModelChargeRef], description: 'Charges by model, highest cost first.', resolve: ({ models }) => [...models] }),
    parts: t.field({
      type: [ChargePartRef],
      description:
        'Parts of the range, which is cut where rules change and where time-based discounts (validity, hours of day, weekdays) start or end. Their charges add up to the total before it is rounded. At most 1,000.',
      resolve: ({ parts }) => [...parts],
    }),
    partSums: t.field({
      type: [ChargePartSumRef],
      description: 'Sums of the parts with the same rules and time-based discounts, such as the nights and the days of a month.',
      resolve: ({ partSums }) => [...partSums],
    }),
    total: t.expose('total', { type: ChargeExplanationRef, description: 'The total charge, which starts with the sum of the models or of the parts.' }),
  }),
})

builder.queryField('explainPeriodCharge', t =>
  t.field({
    type: PeriodChargeRef,
    authScopes: { can: 'usage:read' },
    complexity: MEASURE_COMPLEXITY,
    description:
      "Explains the charge of a tenant's usage in a range: each model with its recorded cost, its markup and its discounts; then their sum, with the discounts on the total, and rounding. If rules change in the range, or discounts apply only at some hours or on some days, each part is charged by its own rules. Everything that applies once per period (tiers, included units, fees, minimums, fixed discounts, maximums) is carried over. The range counts as one period: pass a calendar month to see the charge of a month.",
    args: {
      tenantId: t.arg.id({ description: 'Tenant to charge. Required with an operator key.' }),
      range: t.arg({ type: TimeRangeInputRef, required: true, description: 'Events that occurred in this range.' }),
      filter: t.arg({ type: UsageFilterInputRef, description: 'Events to include. Defaults to all.' }),
      at: t.arg({ type: 'DateTime', description: 'Applies the rules of this time to the whole range. By default, each part has the rules of its own time.' }),
      couponCodes: t.arg.stringList({
        description: 'Coupon codes to try, in addition to the redeemed ones. At most 10; each counts as an attempt, as in `redeemCoupon`.',
      }),
      roundTo: t.arg.int({ description: 'Decimal places of the total, rounded half to even: 2 for cents. Defaults to an exact total.' }),
    },
    resolve: async (_root, { tenantId, range, filter, at, couponCodes, roundTo }, context) => {
      const selection = {
        tenantId: await tenantOf(context, tenantId),
        range,
        filter: toDimensionFilter(toFilterByDimensions(filter, context.viewer)),
        at,
        couponCodes,
        viewer: context.viewer,
      }
      const rounding = typeof roundTo === 'number' ? { scale: roundTo, mode: 'half-even' as const } : undefined
      return context.tollgate.charges.explainPeriod({ ...selection, rounding })
    },
  }),
)
