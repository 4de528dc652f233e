import { createAudit, logOrigin } from '@tollgate/audit'
import { memoryAuditLogs, memoryAuditStore } from '@tollgate/audit/memory'
import { OPERATOR_SCOPE, randomIds, settableClock } from '@tollgate/kernel'
import { createWebhooks } from '@tollgate/webhooks'
import { memoryAttemptScheduler, memoryWebhookStore } from '@tollgate/webhooks/memory'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { webhookSettings } from '../../webhooks/webhook-settings.ts'
import { checkpointWebhooks } from './checkpoint-webhooks.ts'
import { keepAuditCheckpoints } from './keep-audit-checkpoints.ts'

const never = new AbortController().signal

it('delivers the checkpoint of each log that has grown to webhooks, once, and reports a log that is not intact', async () => {
  const clock = settableClock('2026-11-20T12:00:00Z')
  const logs = memoryAuditLogs()
  const keys = { installation: 'example.com', signingKeys: [generateKeyPairSync('ed25519').privateKey] }
  const audit = createAudit({ store: memoryAuditStore({ logs }), keys, clock, ids: randomIds(), randomBytes })
  const webhooks = createWebhooks({
    store: memoryWebhookStore({ scheduler: memoryAttemptScheduler() }),
    sender: { send: () => Promise.reject(new Error('Nothing is sent here')) },
    sources: [],
    settings: webhookSettings(),
    clock,
    ids: randomIds(),
    random: Math.random,
    randomBytes,
  })
  const owners = [null, 'acme', 'globex']
  const endpoints = await Promise.all(owners.map(tenantId => webhooks.createEndpoint({ tenantId, url: 'https://example.com/hook' })))
  const logger = { error: vi.fn(), info: vi.fn() }
  const keep = () => keepAuditCheckpoints({ audit, canSign: true, places: [checkpointWebhooks(webhooks)], logger })(never)
  const received = async () => {
    const pages = await Promise.all(endpoints.map(({ endpoint }) => webhooks.deliveries(OPERATOR_SCOPE, { endpointId: endpoint.id, first: 100 })))
    return pages.map(({ items }) =>
      items
        .map(({ type, payload }) => ({ type, data: (JSON.parse(payload) as { data: { log: string; size: number; checkpoint: string } }).data }))
        .map(({ type, data }) => `${type} ${data.log} ${data.size} ${data.checkpoint.startsWith(data.log)}`)
        .toSorted(),
    )
  }
  const delivered = (tenantId: string | null, size: number) => `audit.checkpoint ${logOrigin('example.com', tenantId)} ${size} true`
  const record = (tenantId: string | null) => audit.recordEvents({ tenantId, events: [{ family: 'test', action: 'done' }] })

  for (const tenantId of owners) await record(tenantId)
  await keep()
  await keep()
  expect(await received()).toEqual([[delivered(null, 1), delivered('acme', 1), delivered('globex', 1)], [delivered('acme', 1)], [delivered('globex', 1)]])

  for (const tenantId of ['acme', 'globex']) await record(tenantId)
  logs.get('acme')?.entries.pop()
  await keep()
  expect((await received()).slice(1)).toEqual([[delivered('acme', 1)], [delivered('globex', 1), delivered('globex', 2)]])
  expect(logger.error.mock.calls).toMatchObject([[{ tenantId: 'acme', sequence: 2 }, 'An audit log is not intact. It was not signed.']])
})
