import { startWebhookReceiver, type WebhookReceiver } from '@tollgate/webhooks/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { postgresPid } from '../kit/postgres-process.ts'
import { type ServerProcess, startServer } from '../kit/server-process.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../kit/temporary-directory.ts'

let directory: TemporaryDirectory
let server: ServerProcess
let receiver: WebhookReceiver
let environment: Record<string, string>

beforeAll(async () => {
  directory = await temporaryDirectory()
  receiver = await startWebhookReceiver()
  environment = { TOLLGATE_DATA_DIR: directory.path, TOLLGATE_WEBHOOK_RETRY_SECONDS: '1,1,1', TOLLGATE_WEBHOOK_ALLOW_PRIVATE: '1' }
  server = await startServer({ environment })
  await server.api.ask(`mutation { createTenant(input: { id: "acme", name: "Acme" }) { ... on Error { message } } }`)
})
afterAll(async () => {
  await server?.stop()
  await receiver[Symbol.asyncDispose]()
  await directory[Symbol.asyncDispose]()
})

const run = (...args: string[]) => runCommand(['webhooks', ...args], environment)
const track = (calls: number) =>
  server.api.ask(
    `mutation ($events: [UsageEventInput!]!) { trackUsage(input: { tenantId: "acme", events: $events }) { ... on TrackUsagePayload { results { outcome } } ... on Error { message } } }`,
    { events: Array.from({ length: calls }, () => ({ operation: 'chat_message' })) },
  )
const thresholds = () => receiver.received.filter(({ payload }) => payload.type === 'quota.threshold_reached').map(({ payload }) => payload.data['threshold'])

describe('webhooks', () => {
  let secret: string
  let endpoint: string

  it('deliver each quota alert that usage raises, and retry each failed delivery once', async () => {
    const made = await server.api.ask(
      `mutation ($url: String!) {
      setQuota(input: { tenantId: "acme", metric: OPERATIONS, window: DAY, limit: "10", alertAt: ["50", "80"] }) { ... on Error { message } }
      createWebhookEndpoint(input: { tenantId: "acme", url: $url, types: [QUOTA_THRESHOLD_REACHED] }) {
        ... on CreateWebhookEndpointPayload { secret endpoint { id } } ... on Error { message } } }`,
      { url: receiver.url },
    )
    ;({
      secret,
      endpoint: { id: endpoint },
    } = made.createWebhookEndpoint)
    const failed = new Set<string>()
    receiver.respond((response, { id }) => {
      response.writeHead(failed.has(id) ? 204 : 503).end()
      failed.add(id)
    })
    await track(4)
    await track(5)
    const state = `query ($id: ID!) { webhookDeliveries(endpointId: $id) { nodes { id state attempts { statusCode } } } }`
    const deliveries = await eventually('both alerts are delivered', async () => {
      const { nodes } = (await server.api.ask(state, { id: endpoint })).webhookDeliveries
      const isDone = nodes.length === 2 && (nodes as { state: string }[]).every(node => node.state === 'DELIVERED')
      return isDone && (nodes as { id: string; attempts: unknown }[])
    })
    expect(deliveries.map(({ attempts }) => attempts)).toEqual([
      [{ statusCode: 204 }, { statusCode: 503 }],
      [{ statusCode: 204 }, { statusCode: 503 }],
    ])
    const byId = Map.groupBy(receiver.verified(secret), ({ id }) => id)
    expect(new Set(byId.keys())).toEqual(new Set(deliveries.map(({ id }) => id)))
    expect([...byId.values()].map(requests => requests.length)).toEqual([2, 2])
    expect(thresholds().filter(threshold => threshold === '80')).toHaveLength(2)
    expect(thresholds()).toHaveLength(4)
  })

  it('that a killed server did not deliver are delivered by the next server', async () => {
    receiver.respond(() => {}) // No response: the delivery is in progress when the server dies.
    const { exitCode, stdout } = await run('test', endpoint)
    expect(exitCode).toBe(0)
    const id = stdout.trim()
    await eventually('the server sends it', () => receiver.received.some(request => request.id === id))
    await server.kill()
    receiver.respond(204)
    server = await startServer({ environment })
    await eventually('it is sent again', () => receiver.received.filter(request => request.id === id).length === 2, 90_000)
    receiver.verified(secret)
  }, 120_000)

  it('continue after PostgreSQL was killed', async () => {
    process.kill((await postgresPid(directory.path)) ?? 0, 'SIGKILL')
    await eventually('the database is back', () => server.stderr().includes('The database is back.'))
    const id = await eventually('a test webhook can be sent', async () => {
      const { data } = await server.api.send(
        `mutation ($id: ID!) { sendTestWebhook(input: { endpointId: $id }) { ... on SendTestWebhookPayload { delivery { id } } ... on Error { message } } }`,
        { id: endpoint },
      )
      return data?.sendTestWebhook?.delivery?.id as string | undefined
    })
    await eventually('it is sent', () => receiver.received.some(request => request.id === id))
  })

  it('are created, listed, redelivered and deleted by commands', async () => {
    const created = await run('create', receiver.url, '--tenant', 'acme', '--type', 'alert.raised', '--description', 'Pager')
    expect(created.stdout).toMatch(/^whsec_\S+\n$/)
    const id = /whe_[\da-f-]+/.exec(created.stderr)?.[0] ?? ''
    const listed = await run('list', '--tenant', 'acme')
    expect(listed.stdout).toContain(endpoint)
    expect(listed.stdout).toMatch(new RegExp(`${id} +acme +${receiver.url} +alert.raised +enabled .* Pager`))
    expect(listed.stdout).not.toContain('whsec_')

    const before = receiver.received.length
    const delivery = /whd_[\da-f-]+/.exec((await run('deliveries', endpoint, '--state', 'DELIVERED')).stdout)?.[0] ?? ''
    expect((await run('redeliver', delivery)).exitCode).toBe(0)
    await eventually('it is sent again', () => receiver.received.slice(before).some(request => request.id === delivery))
    expect((await run('redeliver', endpoint, '--failed-from', '2026-01-01')).stderr).toBe('A running server sends 0 deliveries again now.\n')

    expect((await run('delete', id)).exitCode).toBe(0)
    const [again, wrongId, wrongUrl] = await Promise.all([run('delete', id), run('test', 'whd_nonsense'), run('create', 'not a url')])
    expect([again.exitCode, again.stderr]).toEqual([1, expect.stringContaining('There is no webhook endpoint')])
    expect(wrongId.stderr).toContain('ids of webhook endpoints start with "whe_"')
    expect(wrongUrl.stderr).toContain('must be a URL')
  })
})
