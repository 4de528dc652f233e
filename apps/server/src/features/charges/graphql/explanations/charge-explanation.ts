import { describeCharge, type ExplainedCharge, hideCosts } from '@tollgate/charges'
import { builder } from '../../../../graphql/builder.ts'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { COSTS_SCOPE, seesCosts } from '../../../../graphql/plugins/cost-fields.ts'
import { ChargeStepRef } from './charge-step.ts'

const ChargeStateRef = builder.enumType('ChargeState', {
  description: 'Whether there is a charge.',
  values: {
    CHARGED: { value: 'charged', description: 'There is a charge. The steps explain it.' },
    UNPRICED: { value: 'unpriced', description: 'There is no known price. The charge is unknown, not 0.' },
    NOT_APPLICABLE: { value: 'not_applicable', description: 'There is nothing to charge.' },
  } as const,
})

/** A charge and its explanation. */
export const ChargeExplanationRef = builder.objectRef<ExplainedCharge>('ChargeExplanation').implement({
  description: 'A charge and its explanation: each step, and each rule that was considered.',
  fields: t => ({
    state: t.expose('state', { type: ChargeStateRef, description: 'Whether there is a charge.' }),
    currency: t.exposeString('currency', {
      description:
        'Currency of all amounts, as an ISO 4217 code: USD, the currency of prices. Amounts are not converted; a note says so if the tenant has another currency.',
    }),
    cost: t.expose('cost', { type: 'Decimal', nullable: true, showsCosts: true, description: 'What providers charge, in USD. Null if it is unknown.' }),
    charge: t.expose('charge', { type: 'Decimal', nullable: true, description: 'What the tenant is charged, in USD. Null if there is no charge.' }),
    at: t.expose('at', { type: 'DateTime', description: 'Time of the rules that apply. The start of the range if rules change within it.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why there is no charge. Null if there is one.' }),
    steps: t.field({
      type: [ChargeStepRef],
      description: `Steps from the cost or price to the charge. Empty if there is no charge. Without the scope "${COSTS_SCOPE}", the steps of cost and markup are one price.`,
      resolve: (charge, _args, context) => [...(visible(charge, context).explanation?.steps ?? [])],
    }),
    notes: t.stringList({ description: 'Additional information, such as calls without a price.', resolve: ({ notes }) => [...notes] }),
    text: t.string({
      description: 'The whole explanation as text, with the same steps.',
      resolve: (charge, _args, context) => describeCharge(visible(charge, context)),
    }),
  }),
})

function visible(charge: ExplainedCharge, context: GraphQLContext): ExplainedCharge {
  return seesCosts(context) ? charge : hideCosts(charge)
}
