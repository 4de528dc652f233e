import { Decimal } from '@tollgate/kernel'
import { errorCalls } from '@tollgate/usage'
import { builder } from '../../../../graphql/builder.ts'
import type { ChargedMeasures } from './charged-measures.ts'

/** The measures of a period and of the one before it. */
export interface ComparedMeasures {
  readonly current: ChargedMeasures
  readonly previous: ChargedMeasures
}

/** Changes in percent from the period before. */
export const UsageChangeRef = builder.objectRef<ComparedMeasures>('UsageChange').implement({
  description: 'Changes in percent from the period before: 25 for a quarter more. Null if there was nothing before.',
  fields: t => ({
    calls: t.float({ nullable: true, description: 'Number of events.', resolve: compare(({ calls }) => calls) }),
    errors: t.float({ nullable: true, description: 'Events that did not succeed.', resolve: compare(errorCalls) }),
    tokens: t.float({ nullable: true, description: 'Total tokens.', resolve: compare(({ tokens }) => tokens.total.toString()) }),
    customers: t.float({ nullable: true, description: 'Number of distinct customers.', resolve: compare(({ customers }) => customers) }),
    charge: t.float({
      nullable: true,
      description: 'What is charged. Null also if one of the charges is.',
      resolve: async ({ current, previous }) => {
        const [now, before] = await Promise.all([current.readCharge?.() ?? null, previous.readCharge?.() ?? null])
        return now === null || before === null ? null : changePercent(now, before)
      },
    }),
    cost: t.float({ nullable: true, showsCosts: true, description: 'Cost.', resolve: compare(({ cost }) => cost) }),
  }),
})

function compare(read: (measures: ChargedMeasures) => Decimal | number | string): (compared: ComparedMeasures) => number | null {
  return ({ current, previous }) => changePercent(new Decimal(read(current)), new Decimal(read(previous)))
}

/** Rounded to hundredths of a percent. */
function changePercent(now: Decimal, before: Decimal): number | null {
  return before.isZero() ? null : Number(now.minus(before).div(before).times(100).toFixed(2))
}
