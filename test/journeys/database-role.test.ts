import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startLocalServer } from '../kit/local-server.ts'

const TRACK = `mutation { trackUsage(input: { tenantId: "acme", events: [{ idempotencyKey: "k", operation: "chat_message" }] }) {
  ... on TrackUsagePayload { results { outcome } } } }`
const WEBHOOK = `mutation { createWebhookEndpoint(input: { tenantId: "acme", url: "https://example.com/hook" }) { __typename } }`
const CALLS = `{ usage(tenantId: "acme", range: { from: "2026-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" }) { totals { calls } } }`

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const TOLLGATE_ENCRYPTION_KEY = Buffer.alloc(32, 'k').toString('base64')

const users = async () => {
  const rows = await database.asOwner<{ name: string }>(
    `select distinct usename as name from pg_stat_activity where datname = current_database() and application_name like 'tollgate%'`,
  )
  return rows.map(({ name }) => name)
}

it('works with the connections of a role that owns nothing, and keeps none of the owner', async () => {
  await using server = await startLocalServer({ DATABASE_URL: database.url, TOLLGATE_ENCRYPTION_KEY })
  await server.api.send('mutation { createTenant(input: { id: "acme", name: "Acme" }) { __typename } }')
  expect(await server.api.send(TRACK)).toMatchObject({ data: { trackUsage: { results: [{ outcome: 'ACCEPTED' }] } } })
  await expect.poll(users).toEqual([database.access.role])
})

it('works with a role that an administrator created, for everything from jobs to notifications', async () => {
  const role = `journey_${process.pid}`
  await database.asOwner(`create role ${role} login password 'chosen'`)
  const url = Object.assign(new URL(database.url), { username: role, password: 'chosen' }).href
  {
    await using server = await startLocalServer({ DATABASE_URL: url, TOLLGATE_MIGRATIONS_URL: database.url, TOLLGATE_ENCRYPTION_KEY })
    expect(await server.api.send(CALLS)).toMatchObject({ data: { usage: { totals: { calls: 1 } } } })
    expect(await server.api.send(TRACK)).toMatchObject({ data: { trackUsage: { results: [{ outcome: 'DUPLICATE' }] } } })
    expect(await server.api.send(WEBHOOK)).toMatchObject({ data: { createWebhookEndpoint: { __typename: 'CreateWebhookEndpointPayload' } } })
    await expect.poll(users).toEqual([role])
    expect(server.log()).not.toMatch(/"level":(?:40|50|60)/)
  }
  await using back = await startLocalServer({ DATABASE_URL: database.url, TOLLGATE_ENCRYPTION_KEY })
  expect(await back.api.send(CALLS)).toMatchObject({ data: { usage: { totals: { calls: 1 } } } })
  await database.asOwner(`drop role ${role}`)
})
