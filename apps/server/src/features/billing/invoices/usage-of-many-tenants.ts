import type { ChargedUsageReader, UsageSum } from '@tollgate/charges'
import type { Period } from '@tollgate/kernel'

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

/** Maximum number of reads at the same time, so that others still get a connection. */
const MAX_READS = 2

type SumsQuery = Parameters<ChargedUsageReader['sums']>[0]
type TenantSums = Awaited<ReturnType<ChargedUsageReader['sums']>>

/** A tenant that waits for its sums. */
interface WaitingTenant {
  readonly query: SumsQuery
  readonly sums: PromiseWithResolvers<TenantSums>
}

/** Tenants that wait for sums of the same periods, by id. */
type WaitingTenants = Map<string, WaitingTenant>

/**
 * Reads usage as another reader does, but the sums of several tenants in one read, if they are requested for the same
 * periods at the same time. For billing runs.
 */
export function usageOfManyTenants(reader: ChargedUsageReader, tenants: TenantSumsReader): ChargedUsageReader {
  const waiting = new Map<string, WaitingTenants>()
  let reads = 0
  let start: NodeJS.Immediate | undefined

  /** Each read ends by itself, so that invoices are computed from one while the next one is read. One that could be larger waits while others run. */
  function startReads(): void {
    start = undefined
    while (reads < MAX_READS) {
      const group = takeGroup(waiting, reads === 0 ? 1 : MAX_TENANTS)
      if (group === undefined) return
      reads += 1
      void readGroup({ reader, tenants }, [...group]).finally(() => {
        reads -= 1
        start ??= setImmediate(startReads)
      })
    }
  }

  return {
    ...reader,
    sums(query) {
      if (query.filter !== undefined && Object.keys(query.filter).length > 0) return reader.sums(query)
      const key = keyOf(query)
      const tenantsOfKey: WaitingTenants = waiting.get(key) ?? new Map<string, WaitingTenant>()
      waiting.set(key, tenantsOfKey)
      const tenant = tenantsOfKey.get(query.tenantId) ?? { query, sums: Promise.withResolvers<TenantSums>() }
      tenantsOfKey.set(query.tenantId, tenant)
      start ??= setImmediate(startReads)
      return tenant.sums.promise
    },
  }
}

function keyOf({ periods, by, first }: SumsQuery): string {
  return JSON.stringify([periods.map(({ from, to }) => [from.epochMilliseconds, to.epochMilliseconds]), by, first])
}

/** Takes the tenants of one read, those that wait longest first. Undefined if fewer than `atLeast` wait for the same. */
function takeGroup(waiting: Map<string, WaitingTenants>, atLeast: number): WaitingTenants | undefined {
  const found = [...waiting].find(([, tenants]) => tenants.size >= atLeast)
  if (found === undefined) return undefined
  const [key, tenants] = found
  waiting.delete(key)
  const entries = [...tenants]
  if (entries.length > MAX_TENANTS) waiting.set(key, new Map(entries.slice(MAX_TENANTS)))
  return new Map(entries.slice(0, MAX_TENANTS))
}

interface Readers {
  readonly reader: ChargedUsageReader
  readonly tenants: TenantSumsReader
}

/** Reads tenants together; in halves if together they have too many groups. Settles their promises, and never fails. */
async function readGroup(readers: Readers, group: readonly (readonly [string, WaitingTenant])[]): Promise<void> {
  const [first, ...others] = group
  if (first === undefined) return
  const [, { query, sums }] = first
  try {
    if (others.length === 0) return sums.resolve(await readers.reader.sums(query))
    const { periods, by } = query
    const found = await readers.tenants.sumsOfTenants({ tenantIds: group.map(([id]) => id), periods, by, first: MAX_GROUPS })
    if (found !== undefined) {
      for (const [id, tenant] of group) tenant.sums.resolve(found.get(id) ?? periods.map(() => []))
      return undefined
    }
  } catch (error) {
    for (const [, tenant] of group) tenant.sums.reject(error)
    return undefined
  }
  const half = Math.ceil(group.length / 2)
  await readGroup(readers, group.slice(0, half))
  await readGroup(readers, group.slice(half))
}
