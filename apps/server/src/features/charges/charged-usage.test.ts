import { describeChargedUsageReader } from '@tollgate/charges/testing'
import { Decimal, InvalidInput, OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../graphql/testing/graphql-test-server.ts'
import { chargedUsage } from './charged-usage.ts'

let server: GraphQLTestServer

beforeAll(async () => {
  server = await startGraphQLTestServer()
})
afterAll(() => server.stop())

describeChargedUsageReader('usage', async events => {
  const { accounts, usage } = server.tollgate
  const ids: string[] = []
  for (const { tenantId = 'acme', at = '2026-11-10T09:00:00Z', operation = 'chat', ...event } of events) {
    if ((await accounts.tenantsByIds({ kind: 'operator' }, [tenantId])).length === 0) await accounts.createTenant({ id: tenantId, name: tenantId })
    const { provider = 'acme-ai', model = 'large', tokens = { input: 1_000 }, quantity, reportedCost, customer, feature } = event
    const draft = {
      operation,
      provider,
      model,
      tokens,
      quantity: quantity === undefined ? null : new Decimal(quantity),
      reportedCost: reportedCost === undefined ? null : new Decimal(reportedCost),
      occurredAt: Temporal.Instant.from(at),
      metadata: { ...(customer !== undefined && { customerId: customer }), ...(feature !== undefined && { featureId: feature }) },
    }
    const [tracked] = await usage.track({ tenantId, events: [draft] })
    if (tracked === undefined || tracked.outcome === 'rejected') throw new Error(tracked?.reason)
    ids.push(tracked.eventId)
  }
  return { reader: chargedUsage(server.tollgate), ids }
})

it('rejects dimensions that usage does not have', async () => {
  const reader = chargedUsage(server.tollgate)
  const range = { from: Temporal.Instant.from('2026-11-01T00:00:00Z'), to: Temporal.Instant.from('2026-12-01T00:00:00Z') }
  const selection = { tenantId: 'acme', range }
  await expect(reader.countEvents({ ...selection, filter: { color: ['red'] } })).rejects.toThrow(
    new InvalidInput([{ path: 'filter.color', message: 'is not a dimension that usage can be filtered by' }]),
  )
  await expect(reader.sums({ ...selection, periods: [range], by: ['color'], first: 1 })).rejects.toThrow(/^by: must be one of .*, not color/)
})

it('hands on what prices depend on: units, rare token pools, service tier, speed and region', async () => {
  const { accounts, usage } = server.tollgate
  await accounts.createTenant({ id: 'served', name: 'Served' })
  const units = [{ kind: 'web_search', quantity: '3' }]
  const served = { serviceTier: 'batch', speed: 'fast', region: 'us', units, tokens: { input: 5, videoInput: 7 } }
  const at = Temporal.Instant.from('2026-11-10T09:00:00Z')
  const [tracked] = await usage.track({ tenantId: 'served', events: [{ operation: 'chat', provider: 'acme-ai', model: 'large', occurredAt: at, ...served }] })
  const id = tracked?.outcome === 'accepted' ? tracked.eventId : ''
  const reader = chargedUsage(server.tollgate)
  expect(await reader.event(OPERATOR_SCOPE, id)).toMatchObject(served)
  const period = { from: at, to: at.add({ hours: 1 }) }
  const [[sum] = []] = await reader.sums({ tenantId: 'served', range: period, periods: [period], by: ['model'], first: 1 })
  expect(sum?.tokens).toMatchObject({ input: 5, videoInput: 7 })
})
