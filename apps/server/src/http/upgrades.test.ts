import type { IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, it, vi } from 'vitest'
import { createHealth } from '../observability/health.ts'
import { createUpgrades } from './upgrades.ts'

/** Asks for a WebSocket. Returns whether it was accepted, and the response to a refusal. */
async function ask(origin: string | undefined, allowedOrigins: readonly string[] | undefined) {
  const health = createHealth()
  vi.spyOn(health, 'unavailable').mockReturnValue(undefined)
  const upgrade = vi.fn()
  const socket = new PassThrough()
  const request = { headers: { ...(origin !== undefined && { origin }) } } as IncomingMessage
  createUpgrades({ health, sockets: () => ({ upgrade }), allowedOrigins })(request, socket, Buffer.alloc(0), { requestId: 'test', path: '/graphql' })
  if (upgrade.mock.calls.length > 0) return 'accepted'
  return text(socket)
}

const ALLOWED = ['https://shop.example']

it.each([
  ['a page of any origin, if no origins are set', 'https://other.example', undefined],
  ['a page of an allowed origin', 'https://shop.example', ALLOWED],
  ['a program that sends no origin', undefined, ALLOWED],
])('accepts a WebSocket of %s', async (_, origin, allowed) => {
  expect(await ask(origin, allowed)).toBe('accepted')
})

it.each(['https://other.example', 'https://shop.example.evil.example', 'http://shop.example', 'https://shop.example:8443', 'null', ''])(
  'rejects a WebSocket of a page of another origin: "%s"',
  async origin => {
    const refusal = await ask(origin, ALLOWED)
    expect(refusal).toMatch(/^HTTP\/1.1 403 Forbidden/)
    expect(refusal).toContain('"code":"ORIGIN_NOT_ALLOWED"')
    expect(refusal).toContain('TOLLGATE_ALLOWED_ORIGINS')
  },
)
