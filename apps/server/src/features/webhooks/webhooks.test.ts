import { startWebhookReceiver, type WebhookReceiver } from '@tollgate/webhooks/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DELIVERY_JOB } from './attempt-jobs.ts'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../graphql/testing/graphql-test-server.ts'

let server: GraphQLTestServer
let receiver: WebhookReceiver
let acme: string
let globex: string

beforeAll(async () => {
  server = await startGraphQLTestServer()
  receiver = await startWebhookReceiver()
  acme = await server.keyOf('acme')
  globex = await server.keyOf('globex')
})
afterAll(async () => {
  await receiver[Symbol.asyncDispose]()
  await server.stop()
})

const ERRORS = '... on Error { code message } ... on InvalidInputError { issues { path message } }'
const create = async (key: string, input: object) =>
  (
    await server.send(
      key,
      `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
         ... on CreateWebhookEndpointPayload { secret endpoint { id url types enabled description tenant { id } createdAt } } ${ERRORS} } }`,
      { input },
    )
  ).data.createWebhookEndpoint
const mutate = async (key: string, field: string, input: object, answer: string) => {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}`
  const { data, errors } = await server.send(
    key,
    `mutation ($input: ${type}Input!) { ${field}(input: $input) { ... on ${type}Payload ${answer} ${ERRORS} } }`,
    { input },
  )
  return data?.[field] ?? errors
}

/** Runs the jobs of deliveries as a worker would. */
async function work(): Promise<void> {
  const jobs = await server.test.asOwner<{ payload: { deliveryId: string; attempt: number } }>(
    `delete from graphile_worker._private_jobs where task_id = (select id from graphile_worker._private_tasks where identifier = '${DELIVERY_JOB}') returning payload`,
  )
  await Promise.all(jobs.map(({ payload }) => server.tollgate.webhooks.attempt(payload, new AbortController().signal)))
}

describe('endpoints', () => {
  it('belong to the tenant of the key, or for an operator key to the named tenant or the operator', async () => {
    const mine = await create(acme, { url: 'https://example.com/a', types: ['ALERT_RAISED'], description: 'Pager' })
    expect(mine).toEqual({
      secret: expect.stringMatching(/^whsec_/),
      endpoint: {
        id: expect.stringMatching(/^whe_[\da-f-]{36}$/),
        url: 'https://example.com/a',
        types: ['ALERT_RAISED'],
        enabled: true,
        description: 'Pager',
        tenant: { id: 'acme' },
        createdAt: '2026-11-20T12:00:00Z',
      },
    })
    expect((await create(acme, { tenantId: 'globex', url: 'https://example.com' })).code).toBe('FORBIDDEN')
    expect((await create(server.operatorKey, { tenantId: 'nobody', url: 'https://example.com' })).code).toBe('NOT_FOUND')
    expect((await create(server.operatorKey, { tenantId: 'globex', url: 'https://example.com/g' })).endpoint.tenant).toEqual({ id: 'globex' })
    expect((await create(server.operatorKey, { url: receiver.url })).endpoint.tenant).toBeNull()

    const list = `query ($tenantId: ID) { webhookEndpoints(tenantId: $tenantId) { nodes { tenant { id } } } }`
    const tenants = async (key: string, tenantId?: string) =>
      (await server.send(key, list, { tenantId })).data.webhookEndpoints.nodes.map((node: { tenant: { id: string } | null }) => node.tenant?.id ?? null)
    expect(await tenants(acme)).toEqual(['acme'])
    expect(await tenants(server.operatorKey)).toEqual(expect.arrayContaining(['acme', 'globex', null]))
    expect(await tenants(server.operatorKey, 'globex')).toEqual(['globex'])
  })

  it.each([
    ['http://example.com', 'must use https'],
    ['https://127.0.0.1/x', 'must have a public address'],
    ['https://[::1]/x', 'must have a public address'],
    ['https://0x7f.1/', 'must have a public address'],
    ['https://169.254.169.254/latest/meta-data', 'must have a public address'],
    ['https://localhost/', 'must have a public address'],
    ['https://LOCALHOST./', 'must have a public address'],
    ['https://user:secret@example.com', 'must not contain a user or password'],
    ['https://example.com/#here', 'must not have a fragment'],
    ['ftp://example.com', 'must be a URL'],
    ['example.com', 'must be a URL'],
    [`https://example.com/${'x'.repeat(2_000)}`, 'must be at most 2000 characters'],
  ])('of a tenant are rejected at %s', async (url, message) => {
    const refused = await create(acme, { url })
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'url', message: expect.stringContaining(message) }] })
  })

  it('are changed, rotated and deleted only by their owner, and never show their secret again', async () => {
    const { endpoint, secret } = await create(acme, { url: 'https://example.com/b' })
    const { id } = endpoint
    for (const [field, input, answer] of [
      ['updateWebhookEndpoint', { id, enabled: false }, '{ endpoint { id } }'],
      ['rotateWebhookSecret', { endpointId: id }, '{ secret }'],
      ['deleteWebhookEndpoint', { id }, '{ id }'],
      ['sendTestWebhook', { endpointId: id }, '{ delivery { id } }'],
      ['redeliverFailedWebhooks', { endpointId: id, from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' }, '{ count }'],
    ] as const) {
      expect([field, (await mutate(globex, field, input, answer)).code]).toEqual([field, 'NOT_FOUND'])
    }
    expect((await server.send(globex, '{ node(id: $id) { id } }'.replace('$id', JSON.stringify(id)))).data.node).toBeNull()
    const changed = await mutate(acme, 'updateWebhookEndpoint', { id, enabled: false, types: ['ALERT_RAISED'] }, '{ endpoint { enabled types url } }')
    expect(changed).toEqual({ endpoint: { enabled: false, types: ['ALERT_RAISED'], url: 'https://example.com/b' } })
    expect(await mutate(acme, 'updateWebhookEndpoint', { id, url: 'http://10.0.0.1' }, '{ endpoint { id } }')).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await mutate(acme, 'sendTestWebhook', { endpointId: id }, '{ delivery { id } }')).toMatchObject({ code: 'WEBHOOK_ENDPOINT_DISABLED' })
    const rotated = await mutate(acme, 'rotateWebhookSecret', { endpointId: id }, '{ secret }')
    expect(rotated.secret).toMatch(/^whsec_/)
    expect(rotated.secret).not.toBe(secret)
    expect(await mutate(acme, 'deleteWebhookEndpoint', { id }, '{ id }')).toEqual({ id })
    expect(await mutate(acme, 'deleteWebhookEndpoint', { id }, '{ id }')).toMatchObject({ code: 'NOT_FOUND' })
    expect(JSON.stringify(server.logged)).not.toContain('whsec_')
  })

  it('need their scopes', async () => {
    const reader = await server.keyOf('acme', ['webhooks:read'])
    expect((await create(reader, { url: 'https://example.com' })).code).toBe('FORBIDDEN')
    const other = await server.keyOf('acme', ['usage:read'])
    expect((await server.send(other, '{ webhookEndpoints { nodes { id } } }')).errors[0]?.extensions.code).toBe('FORBIDDEN')
  })
})

describe('deliveries', () => {
  it('are listed with their attempts, by state, page by page, and can be redelivered', async () => {
    const { endpoint } = await create(server.operatorKey, { url: receiver.url })
    const key = server.operatorKey
    receiver.respond(500)
    const sent = []
    for (let i = 0; i < 3; i++) sent.push((await mutate(key, 'sendTestWebhook', { endpointId: endpoint.id }, '{ delivery { id state } }')).delivery)
    await work()
    receiver.respond(204)
    const again = await mutate(key, 'redeliverWebhook', { deliveryId: sent[0].id }, '{ delivery { state attemptCount endpoint { id } } }')
    expect(again).toEqual({ delivery: { state: 'PENDING', attemptCount: 1, endpoint: { id: endpoint.id } } })
    const [job] = await server.test.asOwner<{ payload: { deliveryId: string; attempt: number } }>(
      `select payload from graphile_worker._private_jobs where key = $1`,
      [`webhook ${sent[0].id.slice('whd_'.length)}`],
    )
    await server.tollgate.webhooks.attempt(job?.payload ?? { deliveryId: '', attempt: 0 }, new AbortController().signal)

    const list = `query ($endpointId: ID!, $state: WebhookDeliveryState, $first: Int, $after: String) {
      webhookDeliveries(endpointId: $endpointId, state: $state, first: $first, after: $after) {
        nodes { id type state attempts { number statusCode error } } pageInfo { hasNextPage endCursor } } }`
    const page = async (variables: object, by = key) => (await server.send(by, list, { endpointId: endpoint.id, ...variables })).data?.webhookDeliveries
    server.statements()
    const all = await page({})
    expect(server.statements()).toHaveLength(3) // The endpoint, its deliveries, and their attempts, together.
    expect(new Set(all.nodes.map((node: { id: string }) => node.id))).toEqual(new Set(sent.map(({ id }) => id)))
    expect((await page({ state: 'DELIVERED' })).nodes).toEqual([
      {
        id: sent[0].id,
        type: 'webhook.test',
        state: 'DELIVERED',
        attempts: [
          { number: 2, statusCode: 204, error: null },
          { number: 1, statusCode: 500, error: 'The endpoint responded with 500.' },
        ],
      },
    ])
    const first = await page({ first: 2 })
    const second = await page({ first: 2, after: first.pageInfo.endCursor })
    expect([first.nodes.length, first.pageInfo.hasNextPage, second.nodes.length, second.pageInfo.hasNextPage]).toEqual([2, true, 1, false])
    expect(await page({}, acme)).toBeNull() // A tenant does not see an endpoint of the operator.
    expect((await mutate(acme, 'redeliverWebhook', { deliveryId: sent[0].id }, '{ delivery { id } }')).code).toBe('NOT_FOUND')
  })

  it('are created for a quota threshold that was reached', async () => {
    const { endpoint } = await create(server.operatorKey, { url: receiver.url, types: ['QUOTA_THRESHOLD_REACHED'] })
    await server.tollgate.quotas.setQuota({ tenantId: 'acme', metric: 'operations', window: 'day', limit: '10', enforcement: 'hard', alertAt: ['80'] })
    await server.tollgate.quotas.enforce({ tenantId: 'acme', requests: [{ metric: 'operations', amount: '9' }], consume: true })
    expect(await server.tollgate.webhooks.dispatch()).toBeGreaterThanOrEqual(1)
    const { items: deliveries } = await server.tollgate.webhooks.deliveries({ kind: 'operator' }, { endpointId: endpoint.id.slice('whe_'.length), first: 10 })
    expect(deliveries.map(({ payload }) => JSON.parse(payload) as unknown)).toEqual([
      {
        type: 'quota.threshold_reached',
        timestamp: '2026-11-20T12:00:00Z',
        data: {
          noticeId: 'qal_1',
          cursor: '1',
          tenantId: 'acme',
          policyId: expect.any(String),
          metric: 'OPERATIONS',
          operation: null,
          window: 'DAY',
          sliding: false,
          windowFrom: '2026-11-20T00:00:00Z',
          windowTo: '2026-11-21T00:00:00Z',
          scope: [],
          scopeValue: [],
          threshold: '80',
          used: '9',
          limit: '10',
        },
      },
    ])
  })
})
