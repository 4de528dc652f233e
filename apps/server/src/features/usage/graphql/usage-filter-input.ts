import type { Viewer } from '@tollgate/accounts'
import { type Decimal, InvalidInput } from '@tollgate/kernel'
import { type Dimension, MAX_SINGLE_EVENT_DAYS, type PricingState, selectsSingleEvents, type UsageFilter, type UsageStatus } from '@tollgate/usage'
import { requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { COSTS_SCOPE } from '../../../graphql/plugins/cost-fields.ts'
import { DimensionRef, PricingStateRef, UsageStatusRef } from './usage-enums.ts'

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
  sessionIds?: string[] | null | undefined
  requestIds?: string[] | null | undefined
  traceIds?: string[] | null | undefined
  identifiers?: string[] | null | undefined
  pricingStates?: PricingState[] | null | undefined
  cost?: { atLeast?: Decimal | null | undefined; atMost?: Decimal | null | undefined } | null | undefined
}

const MAX_VALUES = 1_000

const CostRangeInputRef = builder.inputType('CostRangeInput', {
  description: 'A range of costs in USD. At least one bound, both included.',
  fields: t => ({
    atLeast: t.field({ type: 'Decimal', description: 'The least cost.' }),
    atMost: t.field({ type: 'Decimal', description: 'The greatest cost.' }),
  }),
})

const SINGLE_EVENTS = `Single events are read, so the range must be at most ${MAX_SINGLE_EVENT_DAYS} days long.`

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
    sessionIds: t.idList({ description: `Sessions. ${SINGLE_EVENTS}` }),
    requestIds: t.idList({ description: `Requests, by your own ids. ${SINGLE_EVENTS}` }),
    traceIds: t.idList({ description: `Traces. ${SINGLE_EVENTS}` }),
    identifiers: t.idList({
      description: `Whatever identifies an event: its session, request or trace, its idempotency key, or the text of one of its attributes. For search fields. Takes about a second per million events of the tenant in the range. ${SINGLE_EVENTS}`,
    }),
    pricingStates: t.field({ type: [PricingStateRef], description: `How the cost is known, after corrections. ${SINGLE_EVENTS}` }),
    cost: t.field({
      type: CostRangeInputRef,
      description: `Events whose cost, after corrections, is known and in this range. ${SINGLE_EVENTS} Requires the scope "${COSTS_SCOPE}".`,
    }),
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
  sessionIds: 'sessions',
  requestIds: 'requests',
  traceIds: 'traces',
  identifiers: 'identifiers',
  pricingStates: 'pricingStates',
} as const satisfies Record<Exclude<keyof UsageFilterInput, 'missing' | 'cost'>, keyof UsageFilter>

/** Checks a filter; null and undefined select all events. Throws `InvalidInput`, which names the list that is too long, and `Forbidden`. */
export function toFilter(input: UsageFilterInput | null | undefined, viewer: Viewer): UsageFilter {
  const lists = (Object.keys(NAMES) as (keyof typeof NAMES)[]).flatMap(name => {
    const values = input?.[name]
    return values ? [{ name, values }] : []
  })
  const issues = lists
    .filter(({ values }) => values.length > MAX_VALUES)
    .map(({ name, values }) => ({ path: `filter.${name}`, message: `must have at most ${MAX_VALUES} values, not ${values.length}` }))
  if (issues.length > 0) throw new InvalidInput(issues)
  const cost = input?.cost ?? undefined
  if (cost !== undefined) requireScope(viewer, COSTS_SCOPE)
  const missing = input?.missing ?? []
  return {
    ...Object.fromEntries(lists.map(({ name, values }) => [NAMES[name], values])),
    ...(missing.length > 0 && { missing }),
    ...(cost && { cost: { ...(cost.atLeast && { atLeast: cost.atLeast }), ...(cost.atMost && { atMost: cost.atMost }) } }),
  }
}

/** Reads a filter of charges, which are computed from sums by dimension. Throws `InvalidInput` if it selects by anything else. */
export function toFilterByDimensions(input: UsageFilterInput | null | undefined, viewer: Viewer): UsageFilter {
  const filter = toFilter(input, viewer)
  if (!selectsSingleEvents(filter)) return filter
  throw new InvalidInput([
    { path: 'filter', message: 'must select by dimensions only: charges are not computed by session, request, trace, identifier, pricing state or cost' },
  ])
}
