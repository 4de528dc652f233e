import type { ChargedUsageReader, UsageSum } from '@tollgate/charges'
import { type Period, singleFlightByKey } from '@tollgate/kernel'

/** Sums of usage of several tenants, by tenant. */
export interface TenantSumsQuery {
  readonly tenantIds: readonly string[]
  /** In order; they do not overlap. */
  readonly periods: readonly Period[]
  readonly by: readonly string[]
  /** Maximum number of groups of all tenants in each period. */
  readonly first: number
}

/** Reads the usage of several tenants at once. */
export interface TenantSumsReader {
  /** Returns the groups of each period for each tenant. Undefined if a period has `first` groups or more. */
  sumsOfTenants(query: TenantSumsQuery): Promise<ReadonlyMap<string, readonly (readonly UsageSum[])[]> | undefined>
}

/** Maximum number of tenants in one read. */
const MAX_TENANTS = 100

/** Maximum number of groups that one read returns for each period. */
const MAX_GROUPS = 1_000

interface SumsRequest {
  readonly tenantId: string
  readonly query: Parameters<ChargedUsageReader['sums']>[0]
}

/**
 * Reads usage as another reader does, but the sums of several tenants in one read, if they are requested for the same
 * periods at the same time. For billing runs.
 */
export function usageOfManyTenants(reader: ChargedUsageReader, tenants: TenantSumsReader): ChargedUsageReader {
  const readTogether = singleFlightByKey(
    ({ query }: SumsRequest) => keyOf(query),
    requests => readAll(reader, tenants, requests),
    { startAfter: () => new Promise(setImmediate) },
  )
  return {
    ...reader,
    async sums(query) {
      if (query.filter !== undefined && Object.keys(query.filter).length > 0) return reader.sums(query)
      const found = (await readTogether({ tenantId: query.tenantId, query })).get(query.tenantId)
      if (found === undefined) throw new TypeError('The sums of a tenant are missing')
      return found
    },
  }
}

function keyOf({ periods, by, first }: SumsRequest['query']): string {
  return JSON.stringify([periods.map(({ from, to }) => [from.epochMilliseconds, to.epochMilliseconds]), by, first])
}

type Sums = Map<string, readonly (readonly UsageSum[])[]>

async function readAll(reader: ChargedUsageReader, tenants: TenantSumsReader, requests: readonly SumsRequest[]): Promise<Sums> {
  const queries = new Map(requests.map(({ tenantId, query }) => [tenantId, query]))
  const all: Sums = new Map()
  const ids = [...queries.keys()]
  for (let i = 0; i < ids.length; i += MAX_TENANTS) {
    for (const [tenantId, sums] of await readGroup({ reader, tenants, queries }, ids.slice(i, i + MAX_TENANTS))) all.set(tenantId, sums)
  }
  return all
}

interface Readers {
  readonly reader: ChargedUsageReader
  readonly tenants: TenantSumsReader
  readonly queries: ReadonlyMap<string, SumsRequest['query']>
}

/** Reads tenants together; in halves if together they have too many groups. */
async function readGroup(readers: Readers, tenantIds: readonly string[]): Promise<Sums> {
  const [tenantId = '', ...others] = tenantIds
  const query = readers.queries.get(tenantId)
  if (query === undefined) return new Map()
  if (others.length === 0) return new Map([[tenantId, await readers.reader.sums(query)]])
  const { periods, by } = query
  const found = await readers.tenants.sumsOfTenants({ tenantIds, periods, by, first: MAX_GROUPS })
  if (found !== undefined) return new Map(tenantIds.map(id => [id, found.get(id) ?? periods.map(() => [])]))
  const half = Math.ceil(tenantIds.length / 2)
  return new Map([...(await readGroup(readers, tenantIds.slice(0, half))), ...(await readGroup(readers, tenantIds.slice(half)))])
}
