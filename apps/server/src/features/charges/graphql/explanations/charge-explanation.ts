import { describeCharge, type ExplainedCharge } from '@tollgate/charges'
import { builder } from '../../../../graphql/builder.ts'
import { ChargeStepRef } from './charge-step.ts'

const ChargeStateRef = builder.enumType('ChargeState', {
  description: 'Whether there is a charge.',
  values: {
    CHARGED: { value: 'charged', description: 'There is, and the steps say how it came about.' },
    UNPRICED: { value: 'unpriced', description: 'No price is known. The charge is unknown, not 0.' },
    NOT_APPLICABLE: { value: 'not_applicable', description: 'There is nothing to charge.' },
  } as const,
})

/** A charge with its reasons. */
export const ChargeExplanationRef = builder.objectRef<ExplainedCharge>('ChargeExplanation').implement({
  description: 'A charge with its reasons: each step that was taken, and each rule that was considered.',
  fields: t => ({
    state: t.expose('state', { type: ChargeStateRef, description: 'Whether there is a charge.' }),
    currency: t.exposeString('currency', {
      description:
        'The currency of every amount, an ISO 4217 code: USD, as prices are. Where the tenant has another, a note says so, and nothing is converted.',
    }),
    cost: t.expose('cost', { type: 'Decimal', nullable: true, description: 'What providers charge, in USD; null where it is not known.' }),
    charge: t.expose('charge', { type: 'Decimal', nullable: true, description: 'What the tenant is charged, in USD; null where there is no charge.' }),
    at: t.expose('at', { type: 'DateTime', description: 'The time whose rules it is by; of a range whose rules change on the way, its beginning.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why there is no charge; null where there is one.' }),
    steps: t.field({
      type: [ChargeStepRef],
      description: 'From the cost or price to the charge; empty where there is none.',
      resolve: ({ explanation }) => [...(explanation?.steps ?? [])],
    }),
    notes: t.stringList({ description: 'What does not show in the steps, and is to be known.', resolve: ({ notes }) => [...notes] }),
    text: t.string({ description: 'All of it, for people.', resolve: charge => describeCharge(charge) }),
  }),
})
