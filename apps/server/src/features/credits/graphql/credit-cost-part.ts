import type { CreditCostPart, CreditEntry } from '@tollgate/credits'
import type { UsageEvent } from '@tollgate/usage'
import type { GraphQLContext } from '../../../graphql/context.ts'
import { seesCosts } from '../../../graphql/plugins/cost-fields.ts'
import { builder } from '../../../graphql/builder.ts'
import { UsageEventRef } from '../../usage/graphql/usage-event.ts'

const BasisRef = builder.enumType('CreditCostBasis', {
  description: 'Unit that a part of a debit counts.',
  values: {
    CALL: { value: 'call', description: 'The call.' },
    THOUSAND_TOKENS: { value: 'thousand_tokens', description: 'Thousands of tokens.' },
    USD_OF_COST: { value: 'usd_of_cost', description: 'USD that the provider charges.' },
    UNIT: { value: 'unit', description: 'Units of the quantity.' },
  } as const,
})

/** A part of a debit: quantity times rate. */
export const CreditCostPartRef = builder.objectRef<CreditCostPart>('CreditCostPart').implement({
  description: 'A part of a debit: its quantity times its rate.',
  fields: t => ({
    basis: t.expose('basis', { type: BasisRef, description: 'What the quantity counts.' }),
    pool: t.exposeString('pool', { nullable: true, description: 'Pool of the tokens, if each pool has a rate of its own.' }),
    quantity: t.expose('quantity', { type: 'Decimal', description: 'Quantity in that unit: 0.5 for 500 tokens.' }),
    rate: t.expose('rate', { type: 'Decimal', description: 'Credits per unit.' }),
    amount: t.expose('amount', { type: 'Decimal', description: 'Credits: quantity times rate.' }),
  }),
})

/** Returns how the credits of a debit were computed, from its event and the version of the cost that it used. */
export async function partsOfDebit(
  { kind, eventId, costId }: Pick<CreditEntry, 'kind' | 'eventId' | 'costId'>,
  context: GraphQLContext,
): Promise<CreditCostPart[] | null> {
  if (eventId === null || costId === null || kind === 'correction' || !context.viewer.scopes.has('usage:read')) return null
  const event = (await UsageEventRef.getDataloader(context).load(eventId)) as UsageEvent | null
  // Retention may have dropped it: the ledger keeps longer.
  if (event === null) return null
  const { operation, provider, model, tokens, quantity, occurredAt, rating } = event
  const charged = await context.tollgate.credits.costOf({ operation, provider, model, tokens, quantity, occurredAt, cost: rating.cost, costId })
  if (charged === undefined || (charged.parts.some(({ basis }) => basis === 'usd_of_cost') && !seesCosts(context))) return null
  return [...charged.parts]
}
