import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GraphQLTestServer } from '../../../../graphql/testing/graphql-test-server.ts'
import { TRACK } from '../../testing/quota-operations.ts'
import { type QuotaTestServer, startQuotaTestServer, succeeded } from '../../testing/quota-test-server.ts'

let server: GraphQLTestServer
let newTenant: QuotaTestServer['newTenant']
let quotaServer: QuotaTestServer
beforeAll(async () => {
  quotaServer = await startQuotaTestServer()
  ;({ server, newTenant } = quotaServer)
})
afterAll(() => quotaServer.server.stop())

describe('quota usage', () => {
  const EXCEEDED = `query ($atLeastPercent: Decimal, $first: Int, $after: String) { exceededQuotas(atLeastPercent: $atLeastPercent, first: $first, after: $after) {
    nodes { tenant { id } metric used limit percentage exceeded } pageInfo { hasNextPage endCursor } } }`

  it('lists exceeded quotas of all tenants and, on request, nearly exceeded ones', async () => {
    const [over, near] = [await newTenant({ tokensADay: '100' }), await newTenant({ tokensADay: '100' })]
    await over.call(TRACK, { events: [{ operation: 'chat', tokens: { input: 150 } }] })
    await near.call(TRACK, { events: [{ operation: 'chat', tokens: { input: 90 } }] })
    const shown = async (variables: object) => {
      const { exceededQuotas } = succeeded(await server.send(server.operatorKey, EXCEEDED, { ...variables }))
      return exceededQuotas.nodes.filter(({ tenant }: { tenant: { id: string } }) => [over.id, near.id].includes(tenant.id))
    }
    const exceeded = { tenant: { id: over.id }, metric: 'TOKENS', used: '150', limit: '100', percentage: '150', exceeded: true }
    expect(await shown({})).toEqual([exceeded])
    expect(await shown({ atLeastPercent: '80' })).toEqual([
      exceeded,
      { tenant: { id: near.id }, metric: 'TOKENS', used: '90', limit: '100', percentage: '90', exceeded: false },
    ])
  })

  it('lists the usage of a tenant value by value, in pages', async () => {
    const { id, call, key } = await newTenant()
    await server.tollgate.quotas.setQuota({ tenantId: id, metric: 'requests', window: 'day', scope: ['customer'], limit: '2' })
    const customers = ['a', 'b', 'c', 'c']
    await call(TRACK, { events: customers.map(customerId => ({ operation: 'chat', metadata: { customerId } })) })
    const query = `query ($after: String) { quotaUsage(first: 2, after: $after) { nodes { scopeValue used } pageInfo { hasNextPage endCursor } } }`
    const first = succeeded(await server.send(key, query)).quotaUsage
    const second = succeeded(await server.send(key, query, { after: first.pageInfo.endCursor })).quotaUsage
    expect([...first.nodes, ...second.nodes]).toEqual([
      { scopeValue: ['a'], used: '1' },
      { scopeValue: ['b'], used: '1' },
      { scopeValue: ['c'], used: '2' },
    ])
    expect(second.pageInfo.hasNextPage).toBe(false)
    expect((await server.send(key, query, { after: 'x' })).errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' })
  })

  it('lists the usage of past windows', async () => {
    const { call, key } = await newTenant({ tokensADay: '100' })
    const at = (day: number, input: number) => ({ operation: 'chat', tokens: { input }, occurredAt: `2026-11-${day}T10:00:00Z` })
    await call(TRACK, { events: [at(18, 50), at(19, 120), at(20, 1)] })
    const query = '{ quotaHistory(metric: TOKENS, window: DAY) { nodes { from to used limit percentage exceeded } } }'
    expect(succeeded(await server.send(key, query)).quotaHistory.nodes).toEqual([
      { from: '2026-11-19T00:00:00Z', to: '2026-11-20T00:00:00Z', used: '120', limit: '100', percentage: '120', exceeded: true },
      { from: '2026-11-18T00:00:00Z', to: '2026-11-19T00:00:00Z', used: '50', limit: '100', percentage: '50', exceeded: false },
    ])
  })
})
