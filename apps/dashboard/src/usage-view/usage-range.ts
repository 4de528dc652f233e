import { type Search, choiceIn, textIn } from '../app/use-view.ts'
import { instantOf } from './local-time.ts'

export const PERIODS = [
  { value: 'TODAY', label: 'Today' },
  { value: 'YESTERDAY', label: 'Yesterday' },
  { value: 'LAST_7_DAYS', label: 'Last 7 days' },
  { value: 'LAST_30_DAYS', label: 'Last 30 days' },
  { value: 'THIS_MONTH', label: 'This month' },
  { value: 'LAST_MONTH', label: 'Last month' },
  { value: 'BILLING_PERIOD', label: 'Billing period' },
] as const

export type PeriodName = (typeof PERIODS)[number]['value']

export const DEFAULT_PERIOD: PeriodName = 'LAST_30_DAYS'

/** A period by name, or from one local time to another. */
export type UsageRange =
  | { readonly period: PeriodName; readonly from?: undefined; readonly to?: undefined }
  | { readonly period?: undefined; readonly from: string; readonly to: string }

/** Reads the range from the address: `period`, or `from` and `to`, which are local times of the zone that is shown. */
export function readUsageRange(search: Search, period: PeriodName = DEFAULT_PERIOD): UsageRange {
  const [from, to] = [textIn(search, 'from'), textIn(search, 'to')]
  const isRange = from !== undefined && to !== undefined && instantOf(from, 'UTC') !== undefined && instantOf(to, 'UTC') !== undefined
  if (isRange) return { from, to }
  const names = PERIODS.map(({ value }) => value)
  return { period: choiceIn(search, 'period', names) ?? period }
}

/** Returns a range as the API takes it. */
export function rangeVariables({ period, from, to }: UsageRange, timeZone: string) {
  if (period !== undefined) return { period, range: null }
  return { period: null, range: { from: instantOf(from, timeZone) ?? from, to: instantOf(to, timeZone) ?? to } }
}

export const GRANULARITIES = [
  { value: 'HOUR', label: 'Hours' },
  { value: 'DAY', label: 'Days' },
  { value: 'WEEK', label: 'Weeks' },
  { value: 'MONTH', label: 'Months' },
] as const

export type GranularityName = (typeof GRANULARITIES)[number]['value']

const MILLISECONDS_PER_DAY = 86_400_000

/** Returns the unit in which a range reads well. */
export function granularityOf({ period, from, to }: UsageRange): GranularityName {
  if (period !== undefined) return period === 'TODAY' || period === 'YESTERDAY' ? 'HOUR' : 'DAY'
  const days = (Date.parse(from < to ? to : from) - Date.parse(from < to ? from : to)) / MILLISECONDS_PER_DAY
  return days <= 3 ? 'HOUR' : days <= 120 ? 'DAY' : days <= 730 ? 'WEEK' : 'MONTH'
}
