import { createContextCache } from '@pothos/core'
import type { ChargeRule, PromotionTotals } from '@tollgate/charges'
import { Decimal } from '@tollgate/kernel'
import DataLoader from 'dataloader'
import { builder } from '../../../../graphql/builder.ts'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { ChargeRuleRef } from './charge-rule.ts'

/** Totals of a discount over all its versions, and the budget of one version. */
interface DiscountTotals extends PromotionTotals {
  readonly budget: Decimal | null
}

const DiscountTotalsRef = builder.objectRef<DiscountTotals>('DiscountTotals').implement({
  description: 'Totals of a discount over all its versions.',
  fields: t => ({
    budget: t.expose('budget', {
      type: 'Decimal',
      nullable: true,
      description: 'Maximum that the discount may take off all charges, in USD, according to this version. Null for no limit.',
    }),
    discounted: t.expose('discounted', { type: 'Decimal', description: 'Amount taken off final charges so far, in USD.' }),
    remaining: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Rest of the budget, in USD. Null for no limit.',
      resolve: ({ budget, discounted }) => budget && Decimal.max(0, budget.minus(discounted)),
    }),
    redemptions: t.expose('redemptions', { type: 'SafeInt', description: 'Number of times its coupon was redeemed.' }),
  }),
})

/** One per request: the totals of all rules of a page are read together. */
const totalsLoader = createContextCache(
  ({ tollgate }: GraphQLContext) =>
    new DataLoader<string, PromotionTotals | undefined>(async names => {
      const totals = await tollgate.promotions.totals(names)
      return names.map(name => totals.get(name))
    }),
)

builder.objectField(ChargeRuleRef, 'totals', t =>
  t.field({
    type: DiscountTotalsRef,
    nullable: true,
    description: 'Totals of the discount. Null for other kinds of rules, and for a version that withdraws the discount.',
    resolve: async ({ name, terms }: ChargeRule, _args, context) => {
      if (terms?.kind !== 'discount') return null
      const totals = await totalsLoader(context).load(name)
      const { budget } = terms.discount
      return totals === undefined ? null : { ...totals, budget: budget === null || budget === undefined ? null : new Decimal(budget) }
    },
  }),
)
