import type { Viewer } from '@tollgate/accounts'
import { type Audit, createAudit, type ExportRequest } from '@tollgate/audit'
import { memoryAuditStore } from '@tollgate/audit/memory'
import { NotFound, randomIds, settableClock } from '@tollgate/kernel'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, get, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Attempt } from '../attempts/attempt-log.ts'
import type { Tollgate } from '../../../tollgate.ts'
import { auditDownloads } from './audit-downloads.ts'

const SCOPES = new Set(['audit:read'])
const ACME: Viewer = { kind: 'tenant', tenantId: 'acme', keyId: 'key', scopes: SCOPES }
const OPERATOR: Viewer = { kind: 'operator', keyId: null, scopes: SCOPES }
const PART = 'x'.repeat(64 * 1024)
const PARTS = 5_000

const audit = createAudit({
  store: memoryAuditStore(),
  keys: { installation: 'x', signingKeys: [generateKeyPairSync('ed25519').privateKey] },
  clock: settableClock('2026-11-20T12:00:00Z'),
  ids: randomIds(),
  randomBytes,
})
let exporting: Audit['export'] = audit.export
let pulled = 0
const attempts: Attempt[] = []
let ended = Promise.withResolvers<void>()
const accounts = {
  requireTenant: async (id: string) => {
    if (id === 'nobody') throw new NotFound('tenant', id)
  },
}
const handle = auditDownloads({
  tollgate: {
    audit: { ...audit, export: (request: ExportRequest) => exporting(request) },
    accounts,
    attempts: { record: (attempt: Attempt) => void attempts.push(attempt) },
  } as unknown as Tollgate,
  log: pino({ level: 'silent' }),
})

let viewer: Viewer
let server: Server
const url = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
const fetchText = async (path: string, as: Viewer = ACME) => {
  viewer = as
  const response = await fetch(url(path))
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

beforeAll(async () => {
  server = createServer((request, response) => void handle(request, response, { viewer, requestId: 'r' }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  for (const tenantId of ['acme', 'globex', null]) {
    await audit.recordEvents({
      tenantId,
      events: [
        { family: 'trial', action: 'created' },
        { family: 'test', action: 'done', result: 'failure' },
      ],
    })
  }
})
afterAll(() => void server.close())
beforeEach(() => {
  exporting = audit.export
  pulled = 0
  attempts.length = 0
  ended = Promise.withResolvers()
})

/** A log of 320 MiB, which counts the parts that were taken of it. */
async function* largeExport(): AsyncGenerator<string, void, undefined> {
  try {
    for (; pulled < PARTS; pulled++) yield PART
  } finally {
    ended.resolve()
  }
}

describe('a download', () => {
  it('has the requested events only', async () => {
    const { status, type, text } = await fetchText('/v1/audit/events.jsonl?from=2026-11-20T00:00:00Z&family=trial&family=none')
    expect({ status, type }).toEqual({ status: 200, type: 'application/x-ndjson' })
    expect(
      text
        .trimEnd()
        .split('\n')
        .map(line => Object.keys(JSON.parse(line) as object)[0]),
    ).toEqual(['format', 'hash', 'skipped', 'end'])
    expect((await fetchText('/v1/audit/events.csv?report=failed-operations')).text.split('\r\n')).toMatchObject([/^sequence,/, /^2,.*test\.done,failure/, ''])
    expect((await fetchText('/v1/audit/report.csv')).text).toBe(
      'event_type,count\r\ntest.done,1\r\ntrial.created,1\r\ntotal,2\r\nsuccess,1\r\nfailure,1\r\ndenied,0\r\n',
    )
    expect(JSON.parse((await fetchText('/v1/audit/report.jsonl', OPERATOR)).text)).toMatchObject({ totalEvents: 2 })
  })

  it.each<{ path: string; as?: Viewer; status: number; message: string }>([
    { path: '/v1/audit/events.jsonl?tenant=globex', status: 403, message: 'cannot act for tenant' },
    { path: '/v1/audit/events.jsonl', as: { ...ACME, scopes: new Set(['usage:read']) }, status: 403, message: 'does not have the scope' },
    { path: '/v1/audit/events.jsonl?tenant=nobody', as: OPERATOR, status: 404, message: 'nobody' },
    { path: '/v1/audit/events.xml', status: 404, message: 'Nothing is served' },
    { path: '/v1/audit/events.csv?from=yesterday', status: 400, message: 'from: must be a time' },
    { path: '/v1/audit/events.csv?from=2026-11-20T00:00:00Z&to=2026-11-20T00:00:00Z', status: 400, message: 'must be after from' },
    { path: '/v1/audit/events.csv?colour=red', status: 400, message: 'colour: is not a parameter' },
    { path: '/v1/audit/events.csv?result=perhaps', status: 400, message: 'result: must be' },
    { path: '/v1/audit/events.csv?report=x', status: 400, message: 'report: must be one of' },
  ])('of $path is refused with $status', async ({ path, as = ACME, status, message }) => {
    const refused = await fetchText(path, as)
    expect(refused).toMatchObject({ status, text: expect.stringContaining(message) })
    // As over GraphQL, only what the key may not do is an attempt.
    const isDenied = status === 403
    expect(attempts).toMatchObject(isDenied ? [{ tenantId: 'acme', action: 'permissionDenied', result: 'denied', requestId: 'r', ipAddress: '127.0.0.1' }] : [])
  })

  it('waits for a slow reader with bounded memory, and ends when the reader leaves', async () => {
    exporting = largeExport
    viewer = ACME
    const response = await new Promise<IncomingMessage>(resolve => get(url('/v1/audit/events.csv'), resolve))
    await once(response, 'readable')
    response.read()
    response.destroy()
    await ended.promise
    expect(pulled).toBeGreaterThan(0)
    expect(pulled).toBeLessThan(200)
  })

  it('reaches a reader as a whole, however large it is', async () => {
    exporting = largeExport
    viewer = ACME
    let bytes = 0
    const response = await fetch(url('/v1/audit/events.csv'))
    for await (const chunk of response.body ?? []) bytes += chunk.length
    expect(bytes).toBe(PARTS * PART.length)
  })

  it('that fails ends with a line that says so', async () => {
    exporting = async function* () {
      yield 'first\n'
      yield '{"error":"no"}\n'
      throw new Error('no')
    }
    expect(await fetchText('/v1/audit/events.jsonl')).toMatchObject({ status: 200, text: 'first\n{"error":"no"}\n' })
  })

  it('is refused while two others of the tenant run', async () => {
    exporting = largeExport
    viewer = ACME
    const running = await Promise.all([1, 2].map(() => new Promise<IncomingMessage>(resolve => get(url('/v1/audit/events.csv'), resolve))))
    expect(await fetchText('/v1/audit/events.csv')).toMatchObject({ status: 429 })
    exporting = audit.export
    expect(await fetchText('/v1/audit/events.csv?tenant=acme', OPERATOR)).toMatchObject({ status: 200 })
    for (const response of running) response.destroy()
    await ended.promise
    await expect.poll(async () => (await fetchText('/v1/audit/events.csv')).status).toBe(200)
  })
})
