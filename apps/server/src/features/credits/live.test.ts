import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { Decimal, settableClock } from '@tollgate/kernel'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openEventStream } from '../../graphql/testing/event-stream.ts'
import { type LiveTestServer, OPERATOR_KEY, startLiveTestServer } from '../../graphql/testing/live-test-server.ts'

let test: TestDatabase
let server: LiveTestServer
beforeAll(async () => {
  test = await createTestDatabase()
  server = await startLiveTestServer({ access: test.access, clock: settableClock('2026-11-20T12:00:00Z') })
  for (const id of ['acme', 'globex']) await server.tollgate.accounts.createTenant({ id, name: id })
})
afterAll(async () => {
  await server.stop()
  await test.drop()
})

const ALERTS =
  'subscription ($tenantId: ID, $after: String) { creditAlerts(tenantId: $tenantId, after: $after) { cursor kind tenantId customerId threshold balance grantId } }'
const follow = (variables: object) => openEventStream({ url: server.url, key: OPERATOR_KEY, query: ALERTS, variables: { ...variables } })
const spend = (tenantId: string, credits: string) => server.tollgate.usage.track({ tenantId, events: [{ operation: 'chat', credits: new Decimal(credits) }] })

it('credit alerts of a tenant arrive as usage raises them, and resume after a cursor', async () => {
  for (const tenantId of ['acme', 'globex']) {
    await server.tollgate.credits.grant({ tenantId, amount: '10', idempotencyKey: 'order' })
    await server.tollgate.credits.setTerms({ tenantId, alertBelow: ['5'] })
  }
  const stream = await follow({ tenantId: 'acme' })
  await vi.waitFor(() => expect(server.serving.operations.count()).toBe(1))
  await spend('globex', '10')
  await spend('acme', '6')
  const low = (await stream.next())?.data.creditAlerts
  expect(low).toMatchObject({ kind: 'LOW_BALANCE', tenantId: 'acme', customerId: null, threshold: '5', balance: '4', grantId: null })
  await spend('acme', '4')
  const exhausted = { kind: 'EXHAUSTED', tenantId: 'acme', threshold: null, balance: '0' }
  expect((await stream.next())?.data.creditAlerts).toMatchObject(exhausted)
  const again = await follow({ tenantId: 'acme', after: low.cursor })
  expect((await again.next())?.data.creditAlerts).toMatchObject(exhausted)
  stream.drop()
  again.drop()
})
