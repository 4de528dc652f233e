import { Decimal } from '@tollgate/kernel'
import { errorCalls, type UsageMeasures } from '@tollgate/usage'
import { builder } from '../../../../graphql/builder.ts'
import { seesCosts } from '../../../../graphql/plugins/cost-fields.ts'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import type { EnumValues } from '../../../../graphql/enum-values.ts'
import type { ChargedMeasures } from './charged-measures.ts'

/** A sum of which a group has a percentage. */
type SharedSum = 'calls' | 'tokens' | 'charge' | 'cost' | 'errors'

/** GraphQL type `SharedSum`. */
export const SharedSumRef = builder.enumType('SharedSum', {
  description: 'A sum that groups have parts of.',
  values: {
    CALLS: { value: 'calls', description: 'Number of events.' },
    TOKENS: { value: 'tokens', description: 'Total tokens.' },
    CHARGE: { value: 'charge', description: 'What is charged.' },
    COST: { value: 'cost', description: 'What providers charge.' },
    ERRORS: { value: 'errors', description: 'Events that did not succeed.' },
  } as const satisfies EnumValues<SharedSum>,
})

/** Measures, and what they are a part of. */
export interface PartOfTotal {
  readonly measures: ChargedMeasures
  /** The total of the report. Absent where there is none. */
  readonly readTotal?: () => Promise<ChargedMeasures>
}

/** Ends the description of a field that tells which percentage of the total a part is. */
export const OF_TOTAL = 'in percent of the total, rounded half-even to hundredths. Null if the total is 0, and for COST without the scope "costs:read".'

/** Returns which percentage of the total a part is, from 0 to 100. */
export async function percentageOfTotal({ measures, readTotal }: PartOfTotal, of: SharedSum, context: Pick<GraphQLContext, 'viewer'>): Promise<number | null> {
  if (readTotal === undefined || (of === 'cost' && !seesCosts(context))) return null
  const [part, total] = await Promise.all([sumOf(measures, of), readTotal().then(whole => sumOf(whole, of))])
  if (part === null || total === null || total.isZero()) return null
  return Number(part.times(100).div(total).toFixed(2, Decimal.ROUND_HALF_EVEN))
}

async function sumOf(measures: ChargedMeasures, of: SharedSum): Promise<Decimal | null> {
  return of === 'charge' ? ((await measures.readCharge?.()) ?? null) : RECORDED[of](measures)
}

const RECORDED: Readonly<Record<Exclude<SharedSum, 'charge'>, (measures: UsageMeasures) => Decimal>> = {
  calls: ({ calls }) => new Decimal(calls),
  tokens: ({ tokens }) => new Decimal(tokens.total.toString()),
  cost: ({ cost }) => cost,
  errors: measures => new Decimal(errorCalls(measures)),
}
