import { inputShape, type RangeInput } from '@tollgate/kernel/input'
import type { FilterInput } from '../model/usage-filter.ts'

/** The fields of a range. */
export const RANGE = inputShape<RangeInput>({ from: 'time', to: 'time' })

/** The fields of a filter. */
export const FILTER = inputShape<FilterInput>({
  providers: 'list?',
  models: 'list?',
  operations: 'list?',
  statuses: 'list?',
  customers: 'list?',
  organizations: 'list?',
  products: 'list?',
  features: 'list?',
  tiers: 'list?',
  environments: 'list?',
  taskTypes: 'list?',
  missing: 'list?',
  sessions: 'list?',
  requests: 'list?',
  traces: 'list?',
  identifiers: 'list?',
  pricingStates: 'list?',
  cost: 'object?',
})

/** The fields of a range of costs. */
export const COST_RANGE = inputShape<NonNullable<FilterInput['cost']>>({ atLeast: 'amount?', atMost: 'amount?' })
