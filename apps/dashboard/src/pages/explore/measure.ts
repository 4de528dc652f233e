import { formatAmount, formatCompact, formatCount, formatDuration, formatShare } from '../../ui/format.ts'
import type { RowFragment } from './explore-groups.operations.ts'
import type { MeasureName } from './explore-view.ts'

/** The usage of a group or of a bucket, as far as it was queried. */
export type Measured = Partial<Pick<RowFragment, 'calls' | 'successes' | 'tokens' | 'cost' | 'charge' | 'latencyMs'>>

/** Returns a measure as a number, for charts and shares. Null where it is unknown. */
export function numberOf({ calls = 0, successes = 0, tokens, cost, charge, latencyMs }: Measured, measure: MeasureName): number | null {
  switch (measure) {
    case 'CALLS':
      return calls
    case 'ERRORS':
      return calls - successes
    case 'TOKENS':
      return Number(tokens?.total ?? 0)
    case 'COST':
      return cost === null || cost === undefined ? null : Number(cost)
    case 'CHARGE':
      return charge === null || charge === undefined ? null : Number(charge)
    case 'LATENCY_P95':
      return latencyMs?.p95 ?? null
  }
}

/** Formats a measure. */
export function textOf(measured: RowFragment, measure: MeasureName): string {
  switch (measure) {
    case 'CALLS':
      return formatCount(measured.calls)
    case 'ERRORS':
      return `${formatCount(measured.calls - measured.successes)} (${formatShare(measured.errorRate)})`
    case 'TOKENS':
      return formatCount(measured.tokens.total)
    case 'COST':
      return isUnpriced(measured) ? 'unpriced' : formatAmount(measured.cost, measured.currency)
    case 'CHARGE':
      return formatAmount(measured.charge, measured.currency)
    case 'LATENCY_P95':
      return measured.latencyMs === null ? '–' : formatDuration(measured.latencyMs.p95)
  }
}

/** Returns a measure exactly, for programs. Empty where it is unknown. */
export function exactOf(measured: RowFragment, measure: MeasureName): string {
  switch (measure) {
    case 'COST':
      return isUnpriced(measured) ? '' : (measured.cost ?? '')
    case 'CHARGE':
      return measured.charge ?? ''
    case 'TOKENS':
      return String(measured.tokens.total)
    case 'CALLS':
    case 'ERRORS':
    case 'LATENCY_P95':
      return String(numberOf(measured, measure) ?? '')
  }
}

/** Usage whose cost is unknown must not look free. */
function isUnpriced({ calls, unpricedCalls }: RowFragment): boolean {
  return calls > 0 && calls === unpricedCalls
}

/** Formats a number of a chart, with its unit. */
export function chartText(value: number, measure: MeasureName, currency: string): string {
  if (measure === 'COST' || measure === 'CHARGE') return formatAmount(String(value), currency)
  return measure === 'LATENCY_P95' ? formatDuration(value) : formatCompact(value)
}

/** Returns the unit of a measure, for the label of a chart. Undefined for durations, which have their unit with each value. */
export function unitOf(measure: MeasureName, currency: string): string | undefined {
  if (measure === 'LATENCY_P95') return undefined
  return measure === 'COST' || measure === 'CHARGE' ? currency : measure.toLowerCase()
}

/** What groups are ordered by: a sum. Charges and latencies are not sums of stored rows. */
export function orderOf(measure: MeasureName, showsCosts: boolean): 'CALLS' | 'TOKENS' | 'COST' | 'ERRORS' {
  if (measure === 'CHARGE') return showsCosts ? 'COST' : 'CALLS'
  return measure === 'LATENCY_P95' ? 'CALLS' : measure
}
