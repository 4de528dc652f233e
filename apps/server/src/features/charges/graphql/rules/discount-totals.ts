import type { ChargeRule, PromotionTotals } from '@tollgate/charges'
import { createContextCache } from '@pothos/core'
import { Decimal } from '@tollgate/kernel'
import DataLoader from 'dataloader'
import { builder } from '../../../../graphql/builder.ts'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { ChargeRuleRef } from './charge-rule.ts'

/** What a discount came to, all its versions together, beside what this version allows. */
interface DiscountStanding extends PromotionTotals {
  readonly budget: Decimal | null
}

const DiscountStandingRef = builder.objectRef<DiscountStanding>('DiscountStanding').implement({
  description: 'What a discount came to so far, all its versions together.',
  fields: t => ({
    budget: t.expose('budget', {
      type: 'Decimal',
      nullable: true,
      description: 'The most that it may take off all charges by this version, in USD; null for no limit.',
    }),
    given: t.expose('given', { type: 'Decimal', description: 'USD, taken off charges that are final.' }),
    left: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'What is left of the budget; null where there is none.',
      resolve: ({ budget, given }) => budget && Decimal.max(0, budget.minus(given)),
    }),
    redemptions: t.expose('redemptions', { type: 'SafeInt', description: 'How often its coupon was redeemed.' }),
  }),
})

/** One for each request: the sums of all rules of a page are read together. */
const totalsLoader = createContextCache(
  ({ tollgate }: GraphQLContext) =>
    new DataLoader<string, PromotionTotals | undefined>(async names => {
      const totals = await tollgate.promotions.totals(names)
      return names.map(name => totals.get(name))
    }),
)

builder.objectField(ChargeRuleRef, 'standing', t =>
  t.field({
    type: DiscountStandingRef,
    nullable: true,
    description: 'What the discount came to so far; null for what is no discount, or withdraws one.',
    resolve: async ({ name, terms }: ChargeRule, _args, context) => {
      if (terms?.kind !== 'discount') return null
      const totals = await totalsLoader(context).load(name)
      const { budget } = terms.discount
      return totals === undefined ? null : { ...totals, budget: budget === null || budget === undefined ? null : new Decimal(budget) }
    },
  }),
)
