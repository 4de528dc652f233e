import { OPERATOR_SCOPE, Temporal, tenantScope } from '@tollgate/kernel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../graphql/testing/graphql-test-server.ts'
import { succeeded } from '../features/quotas/testing/quota-test-server.ts'
import { furnishDemo } from './furnish-demo.ts'
import { loadDemo } from './load-demo.ts'

let server: GraphQLTestServer
beforeEach(async () => void (server = await startGraphQLTestServer()))
afterEach(() => server.stop())

const QUERY = `query ($range: TimeRangeInput, $period: UsagePeriod) { usage(range: $range, period: $period) { totals { calls cost tokens { total } } } }`

const LOAD = 'mutation { loadDemo { ... on LoadDemoPayload { tenants { id } calls } ... on Error { code message } } }'

/** Returns what a page of the demo shows. */
async function shown() {
  const ask = async (query: string, variables = {}) => succeeded(await server.send(server.operatorKey, query, variables))
  const { usage } = await ask(QUERY, { period: 'LAST_30_DAYS' })
  const { exceededQuotas } = await ask('{ exceededQuotas(atLeastPercent: "80") { nodes { tenant { id } exceeded percentage } } }')
  const { quotaAlerts } = await ask('{ quotaAlerts { nodes { tenant { id } threshold } } }')
  const { invoices } = await ask('{ invoices { nodes { tenantId status total } } }')
  return { totals: usage.totals, quotas: exceededQuotas.nodes, alerts: quotaAlerts.nodes, invoices: invoices.nodes }
}

describe('the demo', () => {
  it('has the usage of the last 30 days, quotas near and over their limits, alerts and invoices, is audited, is loaded once, and is refused beside other usage', async () => {
    const { loadDemo: loaded } = succeeded(await server.send(server.operatorKey, LOAD))
    expect(loaded.calls).toBe(600)
    expect(loaded.tenants.map(({ id }: { id: string }) => id).toSorted()).toEqual(['demo-1', 'demo-2', 'demo-3'])
    const { auditTrail } = succeeded(await server.send(server.operatorKey, '{ auditTrail(tenantId: "demo-1") { nodes { eventType actor { id } } } }'))
    expect(auditTrail.nodes).toContainEqual({ eventType: 'tenant.created', actor: { id: 'configured operator key' } })
    expect(auditTrail.nodes).toContainEqual({ eventType: 'quota.limitSet', actor: { id: 'configured operator key' } })
    const first = await shown()
    expect(first.totals.calls).toBe(600)
    expect(first.quotas.map(({ tenant, exceeded }: { tenant: { id: string }; exceeded: boolean }) => [tenant.id, exceeded])).toEqual([
      ['demo-2', true],
      ['demo-1', false],
    ])
    const alerts = (tenantId: string) =>
      first.alerts.filter(({ tenant }: { tenant: { id: string } }) => tenant.id === tenantId).map(({ threshold }: { threshold: string }) => threshold)
    expect([alerts('demo-2'), alerts('demo-1'), alerts('demo-3')]).toEqual([['100', '80', '50'], ['80', '50'], []])
    expect(new Set(first.invoices.map(({ tenantId }: { tenantId: string }) => tenantId))).toEqual(new Set(['demo-1', 'demo-2']))
    expect(first.invoices.every(({ total }: { total: string }) => Number(total) > 0)).toBe(true)
    const charged = await server.tollgate.charges.explainPeriod({
      tenantId: 'demo-2',
      range: { from: Temporal.Instant.from('2026-11-01T00:00:00Z'), to: server.clock.now() },
    })
    expect(JSON.stringify(charged)).toContain('demo-loyalty')

    // The quota over its limit is an alert of the operator from the next minute on.
    server.clock.advance({ minutes: 1 })
    await server.tollgate.alerts.evaluate()
    const { items } = await server.tollgate.alerts.alerts(OPERATOR_SCOPE, { first: 10 })
    expect(items.map(({ kind, tenantId, recoveredAt }) => [kind, tenantId, recoveredAt])).toEqual([['QUOTA_EXCEEDED', 'demo-2', null]])

    server.clock.advance({ hours: 5 * 24 })
    await furnishDemo(server.tollgate, await loadDemo(server.tollgate))
    const again = await server.tollgate.usage
      .report(OPERATOR_SCOPE, { range: { from: Temporal.Instant.from('2026-10-01T00:00:00Z'), to: server.clock.now() } })
      .totals()
    expect(again.calls).toBe(600)

    await server.tollgate.usage.track({ tenantId: 'acme', events: [{ operation: 'chat' }] })
    expect(succeeded(await server.send(server.operatorKey, LOAD)).loadDemo).toMatchObject({
      code: 'SERVER_HAS_DATA',
      message: expect.stringContaining('"acme"'),
    })
    expect((await server.tollgate.quotas.overrides({ tenantId: 'demo-2' })).items).toHaveLength(1)
  })

  it('keeps the recorded times on request, so that its totals never change', async () => {
    await loadDemo(server.tollgate, { times: 'recorded' })
    const range = { from: '2023-11-16T00:00:00Z', to: '2023-11-17T00:00:00Z' }
    const { data } = await server.send(server.operatorKey, QUERY, { range })
    expect(data.usage.totals).toMatchObject({ calls: 600, tokens: { total: 1_299_187 } })
    expect((await server.tollgate.quotas.overrides({ tenantId: 'demo-2' })).items).toEqual([])
    expect(
      (
        await server.tollgate.usage
          .report(tenantScope('demo-1'), { range: { from: Temporal.Instant.from(range.from), to: Temporal.Instant.from(range.to) } })
          .totals()
      ).calls,
    ).not.toBe(0)
  })
})
