import { type Answer, type GraphQLTestServer, startGraphQLTestServer } from '../../../graphql/testing/graphql-test-server.ts'
import { STATUS } from './quota-operations.ts'

/** A tenant, and operations sent with its key. */
export interface QuotaTestTenant {
  readonly id: string
  readonly key: string
  call(query: string, input: Record<string, unknown>): Promise<Answer['data']>
  status(): Promise<Answer['data']>
}

/** A test server for quotas. */
export interface QuotaTestServer {
  readonly server: GraphQLTestServer
  /** Creates a tenant that has used nothing. */
  newTenant(options?: { tier?: string; tokensADay?: string }): Promise<QuotaTestTenant>
  /** Sends an operation with the operator key. */
  operator(query: string, input: Record<string, unknown>): Promise<Answer['data']>
}

/** Starts a test server for quotas. Stop its `server`. */
export async function startQuotaTestServer(): Promise<QuotaTestServer> {
  const server = await startGraphQLTestServer()
  let tenants = 0
  return {
    server,
    async newTenant({ tier, tokensADay } = {}) {
      const id = `quota-tenant-${(tenants += 1)}`
      await server.tollgate.accounts.createTenant({ id, name: id, tier })
      if (tokensADay !== undefined) await server.tollgate.quotas.setQuota({ tenantId: id, metric: 'tokens', window: 'day', limit: tokensADay })
      const key = await server.keyOf(id)
      return {
        id,
        key,
        call: async (query, input) => succeeded(await server.send(key, query, { input })).result,
        status: async () => succeeded(await server.send(key, STATUS)).quotaStatus,
      }
    },
    operator: async (query, input) => succeeded(await server.send(server.operatorKey, query, { input })).result,
  }
}

/** Returns the data of an answer. Throws if it has errors. */
export function succeeded({ data, errors }: Answer): Answer['data'] {
  if (errors.length > 0) throw new Error(`the operation failed: ${JSON.stringify(errors)}`)
  return data
}

/** Requests one amount of tokens. */
export function tokens(amount: string | null): { metric: string; amount: string | null }[] {
  return [{ metric: 'TOKENS', amount }]
}
