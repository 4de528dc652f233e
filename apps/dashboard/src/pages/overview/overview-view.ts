import { type Search, choiceIn } from '../../app/use-view.ts'

export const PERIODS = [
  { value: 'TODAY', label: 'Today', granularity: 'HOUR' },
  { value: 'LAST_7_DAYS', label: 'Last 7 days', granularity: 'DAY' },
  { value: 'LAST_30_DAYS', label: 'Last 30 days', granularity: 'DAY' },
  { value: 'THIS_MONTH', label: 'This month', granularity: 'DAY' },
  { value: 'BILLING_PERIOD', label: 'Billing period', granularity: 'DAY' },
] as const

export const GROUPINGS = [
  { value: 'PROVIDER', label: 'Provider' },
  { value: 'MODEL', label: 'Model' },
  { value: 'TENANT', label: 'Tenant' },
  { value: 'FEATURE', label: 'Feature' },
  { value: 'CUSTOMER', label: 'Customer' },
] as const

/** What the overview shows: a period, and what its chart is stacked by. */
export interface OverviewView {
  readonly period: (typeof PERIODS)[number]
  readonly by: (typeof GROUPINGS)[number]['value']
}

/** Reads the view from the address. */
export function readOverviewView(search: Search): OverviewView {
  const value = choiceIn(
    search,
    'period',
    PERIODS.map(({ value: name }) => name),
  )
  const period = PERIODS.find(({ value: name }) => name === value) ?? PERIODS[2]
  const by = choiceIn(
    search,
    'by',
    GROUPINGS.map(({ value: name }) => name),
  )
  return { period, by: by ?? 'MODEL' }
}
