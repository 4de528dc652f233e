import { createHmac } from 'node:crypto'
import type { MetadataPolicy } from '@tollgate/accounts/postgres'
import { createMetadataRewriter, type MetadataRewriter } from '@tollgate/metadata'

/** What happens to the metadata of each tenant that has rules for it. */
export interface MetadataPolicies {
  /** Whether the rules were read. */
  isLoaded(): boolean
  /** Reads the rules, again if they were read before. */
  load(): Promise<void>
  /** Returns the rules of a tenant. Undefined for most tenants, which have none. */
  of(tenantId: string): MetadataRewriter | undefined
  /** Returns the rules of all tenants that have some. */
  all(): readonly MetadataRewriter[]
}

/** Keeps the rules of all tenants in memory: few have any, and every event asks. */
export function metadataPolicies(read: () => Promise<readonly MetadataPolicy[]>): MetadataPolicies {
  let byTenant: ReadonlyMap<string, MetadataRewriter> | undefined
  let started = 0
  let finished = 0
  return {
    isLoaded: () => byTenant !== undefined,
    async load() {
      const turn = ++started
      const rewriters = new Map((await read()).map(policy => [policy.tenantId, rewriterOf(policy)]))
      // A read that started earlier may end later.
      if (turn < finished) return
      finished = turn
      byTenant = rewriters
    },
    of: tenantId => byTenant?.get(tenantId),
    all: () => (byTenant === undefined ? [] : [...byTenant.values()]),
  }
}

function rewriterOf({ rules, pseudonymKey }: MetadataPolicy): MetadataRewriter {
  return createMetadataRewriter(rules, value => `anon_${createHmac('sha256', pseudonymKey).update(value).digest('hex').slice(0, 32)}`)
}
