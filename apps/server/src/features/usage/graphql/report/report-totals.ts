import type { UsageMeasures, UsageReport } from '@tollgate/usage'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { type ChargedMeasures, type ChargeOf, readCharges, type ReportedUsage } from './charged-measures.ts'
import type { MeasureOptions } from './selected-measures.ts'

/** What a field needs of the totals of a report. */
export interface TotalsNeeded extends MeasureOptions {
  readonly charge: boolean
}

/** Reads the totals of a report. */
export type ReadTotals = (needed: TotalsNeeded) => Promise<ChargedMeasures>

const OPTIONS = ['latency', 'details', 'customers'] as const

/** One read of totals, which may still be widened until it starts. */
interface Reading {
  readonly options: { -readonly [Option in keyof MeasureOptions]: boolean }
  hasStarted: boolean
  readonly totals: Promise<UsageMeasures>
}

/** Returns a function that reads the totals of a report and their charge once for all fields of an operation that need them. */
export function reportTotals(context: GraphQLContext, { report, usage }: { readonly report: UsageReport; readonly usage: ReportedUsage }): ReadTotals {
  let reading: Reading | undefined
  let charge: { readonly of: ChargeOf | undefined } | undefined
  const read = (needed: MeasureOptions): Promise<UsageMeasures> => {
    if (reading?.hasStarted === false) for (const option of OPTIONS) reading.options[option] ||= needed[option]
    const { options } = reading ?? {}
    if (options === undefined || OPTIONS.some(option => needed[option] && !options[option])) reading = startReading(report, needed)
    return (reading as Reading).totals
  }
  return async ({ charge: isSelected, ...needed }) => {
    charge ??= { of: readCharges(context, usage, { isSelected }) }
    const { of: chargeOf } = charge
    const totals = await read(needed)
    return chargeOf === undefined ? totals : { ...totals, readCharge: () => chargeOf({}) }
  }
}

/** Reads at the end of the turn, with what all fields of the turn need. */
function startReading(report: UsageReport, { latency, details, customers }: MeasureOptions): Reading {
  const options = { latency, details, customers }
  const totals = new Promise(setImmediate).then(() => {
    reading.hasStarted = true
    return report.totals(options)
  })
  const reading: Reading = { options, hasStarted: false, totals }
  return reading
}
