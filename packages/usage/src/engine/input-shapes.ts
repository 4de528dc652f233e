import { inputShape } from '@tollgate/kernel/input'
import type { RangeInput } from '../model/range-input.ts'
import type { UsageFilter } from '../model/usage-filter.ts'

/** The fields of a range. */
export const RANGE = inputShape<RangeInput>({ from: 'time', to: 'time' })

/** The fields of a filter. */
export const FILTER = inputShape<UsageFilter>({
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
})
