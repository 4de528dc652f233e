import { describe, expect, it } from 'vitest'
import { idempotencyKeyOf, readCloudEvent } from './cloud-event.ts'

const event = (more: object = {}) => ({ specversion: '1.0', type: 'ai.call', source: '/agents/support', id: '42', ...more })
const data = { operation: 'chat' }
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64')

describe('readCloudEvent makes a usage event', () => {
  it.each<{ name: string; sent: object; input: object; tenantId?: string }>([
    { name: 'with a key made of the source and the id', sent: { data }, input: {} },
    { name: 'whose data names the same key', sent: { data: { ...data, idempotencyKey: '/agents/support 42' } }, input: {} },
    { name: 'whose data names no key', sent: { data: { ...data, idempotencyKey: null } }, input: {} },
    {
      name: 'that occurred at the time of the CloudEvent',
      sent: { time: '2026-11-20T09:30:00+05:30', data },
      input: { occurredAt: '2026-11-20T09:30:00+05:30' },
    },
    {
      name: 'that occurred when its data says',
      sent: { time: '2026-11-20T09:30:00Z', data: { ...data, occurredAt: '2026-11-19T00:00:00Z' } },
      input: { occurredAt: '2026-11-19T00:00:00Z' },
    },
    { name: 'of the tenant of an extension attribute', sent: { tenant: 'globex', data }, input: {}, tenantId: 'globex' },
    { name: 'of binary data', sent: { data_base64: base64(JSON.stringify(data)) }, input: {} },
    { name: 'of a CloudEvent with other attributes', sent: { subject: 's', traceparent: '00-0', dataschema: 'https://x.example', data }, input: {} },
    { name: 'with a value that tracking rejects', sent: { data: { ...data, tokens: 'many' } }, input: { tokens: 'many' } },
  ])('$name', ({ sent, input, tenantId }) => {
    expect(readCloudEvent(event(sent))).toEqual({
      id: '42',
      source: '/agents/support',
      event: { tenantId, input: { ...data, idempotencyKey: '/agents/support 42', ...input } },
    })
  })
})

describe('readCloudEvent names what is wrong with', () => {
  it.each<{ path: string; sent: unknown }>([
    { path: 'specversion', sent: event({ specversion: '0.3', data }) },
    { path: 'id', sent: event({ id: '', data }) },
    { path: 'id', sent: event({ id: 42, data }) },
    { path: 'source', sent: event({ source: 'a b', data }) },
    { path: 'type', sent: event({ type: undefined, data }) },
    { path: 'time', sent: event({ time: 'yesterday', data }) },
    { path: 'datacontenttype', sent: event({ datacontenttype: 'text/xml', data }) },
    { path: 'tenant', sent: event({ tenant: 1, data }) },
    { path: 'data', sent: event() },
    { path: 'data', sent: event({ data: [data] }) },
    { path: 'data.idempotencyKey', sent: event({ data: { ...data, idempotencyKey: 'other' } }) },
    { path: 'data_base64', sent: event({ data_base64: '!' }) },
    { path: 'data_base64', sent: event({ data_base64: base64('{') }) },
    { path: 'data_base64', sent: event({ data_base64: base64(Uint8Array.of(0x22, 0xff, 0x22)) }) },
    { path: '', sent: null },
    { path: '', sent: 'text' },
  ])('$path: $sent', ({ path, sent }) => {
    expect(readCloudEvent(sent)).toMatchObject({ issues: [{ path, message: expect.any(String) }] })
  })
})

it('idempotencyKeyOf hashes a key that is too long, and keeps different ones apart', () => {
  const long = 'x'.repeat(250)
  expect(idempotencyKeyOf('/a', long)).toBe(`/a ${long}`)
  expect(idempotencyKeyOf('/abcdef', long)).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(idempotencyKeyOf('/abcdef', long)).not.toBe(idempotencyKeyOf('/abcdeg', long))
})
