import { InvalidInput } from '@tollgate/kernel'
import type { Dimension, UsageFilter, UsageStatus } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { groupedBy } from './report/grouped-by.ts'
import { DimensionRef, UsageStatusRef } from './usage-enums.ts'

/** A filter as a client sends it. */
export interface UsageFilterInput {
  providers?: string[] | null | undefined
  models?: string[] | null | undefined
  operations?: string[] | null | undefined
  statuses?: UsageStatus[] | null | undefined
  customerIds?: string[] | null | undefined
  organizationIds?: string[] | null | undefined
  productIds?: string[] | null | undefined
  featureIds?: string[] | null | undefined
  tiers?: string[] | null | undefined
  environments?: string[] | null | undefined
  taskTypes?: string[] | null | undefined
  missing?: (Dimension | 'session')[] | null | undefined
}

const MAX_VALUES = 1_000

/** Selects usage events. */
export const UsageFilterInputRef = builder.inputRef<UsageFilterInput>('UsageFilterInput').implement({
  description: 'Selects events. A list matches any of its values, and an event must match every list. Up to 1,000 values per list.',
  fields: t => ({
    providers: t.stringList({ description: 'Providers, such as "openai".' }),
    models: t.stringList({ description: 'Models, as sent.' }),
    operations: t.stringList({ description: 'Operations, such as "chat_message".' }),
    statuses: t.field({ type: [UsageStatusRef], description: 'Statuses.' }),
    customerIds: t.idList({ description: 'Customers.' }),
    organizationIds: t.idList({ description: 'Organizations.' }),
    productIds: t.idList({ description: 'Products.' }),
    featureIds: t.idList({ description: 'Features.' }),
    tiers: t.stringList({ description: 'Subscription tiers.' }),
    environments: t.stringList({ description: 'Environments.' }),
    taskTypes: t.stringList({ description: 'Task types.' }),
    missing: t.field({ type: [DimensionRef], description: 'Only events without a value in these dimensions, such as calls without a customer.' }),
  }),
})

/** The name of each list in the package. */
const NAMES = {
  providers: 'providers',
  models: 'models',
  operations: 'operations',
  statuses: 'statuses',
  customerIds: 'customers',
  organizationIds: 'organizations',
  productIds: 'products',
  featureIds: 'features',
  tiers: 'tiers',
  environments: 'environments',
  taskTypes: 'taskTypes',
} as const satisfies Record<Exclude<keyof UsageFilterInput, 'missing'>, keyof UsageFilter>

/** Checks a filter; null and undefined select all events. Throws `InvalidInput`, which names the list that is too long. */
export function toFilter(input: UsageFilterInput | null | undefined): UsageFilter {
  const lists = (Object.keys(NAMES) as (keyof typeof NAMES)[]).flatMap(name => {
    const values = input?.[name]
    return values ? [{ name, values }] : []
  })
  const issues = lists
    .filter(({ values }) => values.length > MAX_VALUES)
    .map(({ name, values }) => ({ path: `filter.${name}`, message: `must have at most ${MAX_VALUES} values, not ${values.length}` }))
  if (issues.length > 0) throw new InvalidInput(issues)
  const missing = groupedBy(input?.missing ?? [], 'filter.missing')
  return { ...Object.fromEntries(lists.map(({ name, values }) => [NAMES[name], values])), ...(missing.length > 0 && { missing }) }
}
