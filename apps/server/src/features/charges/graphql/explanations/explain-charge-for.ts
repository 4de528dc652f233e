import type { ExplainedModel, ExplainedPart, ExplainedPeriod, PartSum } from '@tollgate/charges'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { MEASURE_COMPLEXITY } from '../../../../graphql/limits/limits.ts'
import { toDimensionFilter } from '../../charged-usage.ts'
import { TimeRangeInputRef } from '../../../usage/graphql/time-range-input.ts'
import { TokenTotalsRef } from '../../../usage/graphql/token-totals.ts'
import { toFilter, UsageFilterInputRef } from '../../../usage/graphql/usage-filter-input.ts'
import { ChargeExplanationRef } from './charge-explanation.ts'

const ModelChargeRef = builder.objectRef<ExplainedModel>('ModelCharge').implement({
  description: "One model's part in a charge.",
  fields: t => ({
    provider: t.exposeString('provider', { nullable: true, description: 'Who serves the model; null for use of no model.' }),
    model: t.exposeString('model', { nullable: true, description: 'The model, as it was sent.' }),
    calls: t.expose('calls', { type: 'SafeInt', description: 'Events.' }),
    unpricedCalls: t.expose('unpricedCalls', { type: 'SafeInt', description: 'Events that no price is known for: they are in neither cost nor charge.' }),
    tokens: t.expose('tokens', { type: TokenTotalsRef, description: 'Tokens by pool.' }),
    quantity: t.expose('quantity', { type: 'Decimal', description: 'Units of compute operations.' }),
    cost: t.expose('cost', {
      type: 'Decimal',
      nullable: true,
      description: 'USD, with every correction made since; null where none of its events has a price.',
    }),
    explanation: t.expose('charge', {
      type: ChargeExplanationRef,
      nullable: true,
      description:
        'The charge of this model: its markup, and the discounts that ask for a provider or model. Null where a price list of our own takes all models together.',
    }),
  }),
})

const ChargePartRef = builder.objectRef<ExplainedPart>('ChargePart').implement({
  description: 'A stretch of a range that is charged by one set of rules.',
  fields: t => ({
    from: t.field({ type: 'DateTime', description: 'The first instant in it.', resolve: ({ range }) => range.from }),
    to: t.field({ type: 'DateTime', description: 'The first instant behind it.', resolve: ({ range }) => range.to }),
    models: t.field({ type: [ModelChargeRef], description: 'Model by model, the costliest first.', resolve: ({ models }) => [...models] }),
    total: t.expose('total', { type: ChargeExplanationRef, description: 'What it adds to the charge of the range, by the rules of its own time.' }),
  }),
})

const ChargePartSumRef = builder.objectRef<PartSum>('ChargePartSum').implement({
  description: 'Parts of a range that are charged alike: by the same rules, with the same discounts by the time.',
  fields: t => ({
    parts: t.exposeInt('parts', { description: 'How many parts it is the sum of: 30 nights.' }),
    from: t.field({ type: 'DateTime', description: 'Where the first of them begins.', resolve: ({ range }) => range.from }),
    to: t.field({
      type: 'DateTime',
      description: 'Where the last of them ends; parts that are charged otherwise may lie between.',
      resolve: ({ range }) => range.to,
    }),
    discounts: t.exposeStringList('discounts', {
      description: 'The discounts with a validity, hours of the day or weekdays for which it is the time in these parts: "nights v1". None at other times.',
    }),
    calls: t.expose('calls', { type: 'SafeInt', description: 'Events.' }),
    unpricedCalls: t.expose('unpricedCalls', { type: 'SafeInt', description: 'Events that no price is known for: they are in neither cost nor charge.' }),
    cost: t.expose('cost', { type: 'Decimal', description: 'USD, with every correction made since.' }),
    charge: t.expose('charge', {
      type: 'Decimal',
      nullable: true,
      description: 'What they add to the charge of the range; null where one of them has no price.',
    }),
  }),
})

const GroupChargeRef = builder.objectRef<ExplainedPeriod>('GroupCharge').implement({
  description: "What a tenant's use over a range comes to.",
  fields: t => ({
    calls: t.expose('calls', { type: 'SafeInt', description: 'Events.' }),
    unpricedCalls: t.expose('unpricedCalls', { type: 'SafeInt', description: 'Events that no price is known for: they are in neither cost nor charge.' }),
    models: t.field({ type: [ModelChargeRef], description: 'Model by model, the costliest first.', resolve: ({ models }) => [...models] }),
    parts: t.field({
      type: [ChargePartRef],
      description:
        'The range, cut where the rules change, and where discounts begin and end by the time (validity, hours of the day, weekdays): each part by its own. Their charges sum to the total, before it is rounded. One where nothing changes; 1,000 at the most.',
      resolve: ({ parts }) => [...parts],
    }),
    partSums: t.field({
      type: [ChargePartSumRef],
      description: 'The parts summed by how they are charged, in the order of their first: the nights of a month as one, and its days.',
      resolve: ({ partSums }) => [...partSums],
    }),
    total: t.expose('total', { type: ChargeExplanationRef, description: 'The charge of the whole, from the sum of the models or of the parts on.' }),
  }),
})

builder.queryField('explainChargeFor', t =>
  t.field({
    type: GroupChargeRef,
    authScopes: { can: 'usage:read' },
    complexity: MEASURE_COMPLEXITY,
    description:
      "What a tenant's use over a range comes to, and why: each model with its cost on record, its markup and its discounts; then their sum, with the discounts of the whole, and rounding. Where rules change in the range, or discounts hold at some hours or on some days only, each part is charged by its own, and what is once a period (tiers, included units, fees, minimums, sums off, maximums) is carried over. The range is taken for a period: give a month to see what a month comes to.",
    args: {
      tenantId: t.arg.id({ description: 'Whose use; an operator key must name a tenant.' }),
      range: t.arg({ type: TimeRangeInputRef, required: true, description: 'When it happened (`occurredAt`).' }),
      filter: t.arg({ type: UsageFilterInputRef, description: 'Which events count; all where it is left out.' }),
      at: t.arg({ type: 'DateTime', description: 'By the rules of this time for all of it; of each time where it is left out.' }),
      couponCodes: t.arg.stringList({ description: 'Codes that were given.' }),
      roundTo: t.arg.int({ description: 'Digits after the point that the whole is rounded to, half to even: 2 for cents. Exact where it is left out.' }),
    },
    resolve: async (_root, { tenantId, range, filter, at, couponCodes, roundTo }, context) => {
      const group = { tenantId: await tenantOf(context, tenantId), range, filter: toDimensionFilter(toFilter(filter)), at, couponCodes }
      const rounding = typeof roundTo === 'number' ? { scale: roundTo, mode: 'half-even' as const } : undefined
      return context.tollgate.charges.explainPeriod({ ...group, rounding })
    },
  }),
)
