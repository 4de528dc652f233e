import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { settableClock } from '@tollgate/kernel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { KEY_SCOPES } from '../accounts/key-scopes.ts'
import { type LiveResult, openEventStream } from '../../graphql/testing/event-stream.ts'
import { type LiveTestServer, OPERATOR_KEY, startLiveTestServer } from '../../graphql/testing/live-test-server.ts'
import { waitFor } from '../../../../../test/kit/wait-for.ts'

const ALERTS =
  'subscription ($tenantId: ID, $after: String) { alerts(tenantId: $tenantId, after: $after) { cursor type alert { kind state tenant { id } } value message } }'

const clock = settableClock('2026-11-20T12:00:00Z')
let test: TestDatabase
let one: LiveTestServer
let two: LiveTestServer

beforeAll(async () => {
  test = await createTestDatabase()
  one = await startLiveTestServer({ access: test.access, clock })
  two = await startLiveTestServer({ access: test.access, clock })
  for (const id of ['acme', 'globex']) await one.tollgate.accounts.createTenant({ id, name: id })
})
afterAll(async () => {
  await one.stop()
  await two.stop()
  await test.drop()
})

async function fail(tenantId: string): Promise<void> {
  const occurredAt = clock.now().subtract({ minutes: 1 })
  await one.tollgate.usage.track({ tenantId, events: Array.from({ length: 30 }, () => ({ operation: 'chat', status: 'failure' as const, occurredAt })) })
}

const follow = (key: string, variables = {}) => openEventStream({ url: two.url, key, query: ALERTS, variables })
const summary = (result: LiveResult | undefined) => `${result?.data.alerts.type} ${result?.data.alerts.alert.tenant.id}`

it('sends events of any server as they happen, to a tenant its own, and resumes after a cursor', async () => {
  const { secret: key } = await one.tollgate.accounts.createApiKey({ tenantId: 'acme', name: 'test' }, new Set(KEY_SCOPES))
  const [ofAcme, ofAll] = [await follow(key), await follow(OPERATOR_KEY)]
  await waitFor(() => expect(two.serving.operations.count()).toBe(2))
  await fail('globex')
  await fail('acme')
  await one.tollgate.alerts.evaluate()
  clock.advance({ minutes: 20 })
  for (let minute = 0; minute < 3; minute++) {
    await one.tollgate.alerts.evaluate()
    clock.advance({ minutes: 1 })
  }
  const raise = await ofAcme.next()
  expect(raise?.data.alerts).toMatchObject({
    type: 'RAISED',
    value: '1',
    alert: { kind: 'ERROR_RATE', tenant: { id: 'acme' } },
    message: 'Tenant acme: 100 % of calls failed or were rate-limited in the last 15 minutes, above the threshold of 5 %.',
  })
  expect(summary(await ofAcme.next())).toBe('RECOVERED acme')
  const all = [await ofAll.next(), await ofAll.next(), await ofAll.next(), await ofAll.next()].map(summary)
  expect(all.slice(0, 2).toSorted()).toEqual(['RAISED acme', 'RAISED globex'])
  expect(all.slice(2).toSorted()).toEqual(['RECOVERED acme', 'RECOVERED globex'])

  const again = await follow(key, { after: raise?.data.alerts.cursor })
  expect(summary(await again.next())).toBe('RECOVERED acme')
  for (const stream of [ofAcme, ofAll, again]) stream.drop()
})

it('rejects a tenant that follows another tenant', async () => {
  const { secret: key } = await one.tollgate.accounts.createApiKey({ tenantId: 'acme', name: 'test' }, new Set(KEY_SCOPES))
  const stream = await follow(key, { tenantId: 'globex' })
  expect((await stream.next())?.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
})
