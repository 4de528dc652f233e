import type { ChargedEvent, ChargedUsageReader, EventSelection, UsageFilter as DimensionFilter, UsageSum } from '@tollgate/charges'
import { InvalidInput, type Period, tenantScope } from '@tollgate/kernel'
import { TOKEN_POOLS } from '@tollgate/tokens'
import {
  type Dimension,
  DIMENSIONS,
  dimensionsOf,
  filterByDimensions,
  type Rerating,
  type TokenTotals,
  type Usage,
  type UsageEvent,
  type UsageFilter,
  type UsageGroup,
} from '@tollgate/usage'

/** Reads the usage that is charged from the usage package: sums from its rollups, ratings from its corrections. */
export function chargedUsage({
  usage,
  rerating,
}: {
  readonly usage: Usage
  readonly rerating: Pick<Rerating, 'corrections'>
}): ChargedUsageReader & ManyTenantsReader {
  return {
    async event(scope, id) {
      const [[event], corrections] = await Promise.all([usage.eventsById(scope, [id]), rerating.corrections(scope, [id])])
      return event && toChargedEvent(event, corrections.at(-1)?.to)
    },
    async events({ tenantId, range, filter, first, after }) {
      const { items: events, hasMore } = await usage.events(tenantScope(tenantId), { range, ...toUsageFilter(filter), first, ...(after && { after }) })
      return { items: events.map(event => toChargedEvent(event)), hasMore }
    },
    countEvents: async selection => (await reportOf(usage, selection).totals()).calls,
    async sums({ periods, by, first, ...selection }) {
      const dimensions = by.map(checkDimension)
      const found = await reportOf(usage, selection).breakdowns({ periods, by: dimensions, first, customers: false })
      return found.map(groups => groups.map(toUsageSum))
    },
    async sumsOfTenants({ tenantIds, periods, by, first }) {
      const [from, to] = [periods[0]?.from, periods.at(-1)?.to]
      if (from === undefined || to === undefined) return new Map(tenantIds.map(id => [id, []]))
      const dimensions: Dimension[] = ['tenant', ...by.map(checkDimension)]
      const found = await usage.report(tenantScope(...tenantIds), { range: { from, to } }).breakdowns({ periods, by: dimensions, first, customers: false })
      if (found.some(groups => groups.length >= first)) return undefined
      const ofTenants = found.map(groups => Map.groupBy(groups.map(toUsageSum), ({ key: [tenantId = null] }) => tenantId))
      const without = ({ key, ...sums }: UsageSum): UsageSum => ({ ...sums, key: key.slice(1) })
      return new Map(tenantIds.map(id => [id, ofTenants.map(groups => (groups.get(id) ?? []).map(without))]))
    },
  }
}

/** Reads the sums of several tenants at once. */
export interface ManyTenantsReader {
  /** Returns the groups of each period for each tenant. Undefined if a period has `first` groups or more. */
  sumsOfTenants(query: {
    readonly tenantIds: readonly string[]
    readonly periods: readonly Period[]
    readonly by: readonly string[]
    readonly first: number
  }): Promise<ReadonlyMap<string, readonly (readonly UsageSum[])[]> | undefined>
}

function toUsageSum({ key, measures: { calls, unpricedCalls, tokens, quantity, cost } }: UsageGroup): UsageSum {
  return { key: key.map(({ value }) => value), calls, unpricedCalls, tokens: toTokenSums(tokens), quantity, cost }
}

function toUsageFilter(filter: DimensionFilter = {}): { filter?: UsageFilter } {
  return Object.keys(filter).length === 0 ? {} : { filter: filterByDimensions(filter) }
}

function checkDimension(name: string): Dimension {
  const dimension = DIMENSIONS.find(known => known === name)
  if (dimension === undefined) throw new InvalidInput([{ path: 'by', message: `must be one of ${DIMENSIONS.join(', ')}, not ${name}` }])
  return dimension
}

function reportOf(usage: Usage, { tenantId, range, filter }: EventSelection) {
  return usage.report(tenantScope(tenantId), { range, ...toUsageFilter(filter) })
}

function toChargedEvent(event: UsageEvent, { state, cost, priceId } = event.rating): ChargedEvent {
  const { id, tenantId, occurredAt, operation, provider, model, serviceTier, speed, region, tokens, units, quantity, reportedCost, status, statusCode } = event
  const dimensions = Object.fromEntries(Object.entries(dimensionsOf(event)).filter((entry): entry is [string, string] => entry[1] !== null))
  return {
    id,
    tenantId,
    occurredAt,
    operation,
    provider,
    model,
    serviceTier,
    speed,
    region,
    tokens,
    units,
    quantity,
    reportedCost,
    status,
    statusCode,
    dimensions,
    rating: { state, cost, priceId },
  }
}

function toTokenSums(tokens: TokenTotals): UsageSum['tokens'] {
  const pools = TOKEN_POOLS.flatMap(pool => {
    const count = tokens[pool]
    return count === undefined ? [] : [[pool, Number.isSafeInteger(Number(count)) ? Number(count) : count] as const]
  })
  return Object.fromEntries(pools) as UsageSum['tokens']
}
