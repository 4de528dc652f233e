import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWebhookReceiver, type WebhookReceiver } from '../testing/webhook-receiver.ts'
import type { WebhookRequest } from '../webhook-sender.ts'
import { httpWebhookSender } from './http-webhook-sender.ts'

describe('httpWebhookSender', () => {
  let receiver: WebhookReceiver
  let port: string

  beforeAll(async () => {
    receiver = await startWebhookReceiver()
    port = new URL(receiver.url).port
  })
  afterAll(() => receiver[Symbol.asyncDispose]())

  const send = (request: Partial<WebhookRequest>, options: Parameters<typeof httpWebhookSender>[0] = {}) =>
    httpWebhookSender(options).send({ url: receiver.url, headers: {}, body: '{}', allowPrivate: true, signal: new AbortController().signal, ...request })
  const success = (statusCode: number): unknown => ({ statusCode, retryAfter: null, durationMs: expect.any(Number) })
  const failure = (error: string): unknown => ({ statusCode: null, error, durationMs: expect.any(Number) })
  /** A resolver that returns these addresses for every name. */
  const resolveTo = (...addresses: string[]) =>
    ((_name: string, _options: unknown, callback: (error: null, addresses: { address: string; family: number }[]) => void) =>
      callback(
        null,
        addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
      )) as never

  it.each([
    ['a loopback address', `https://127.0.0.1:0/`, {}],
    ['the IPv6 loopback address', `https://[::1]:0/`, {}],
    ['an IPv6 address that contains the loopback address', `https://[::ffff:127.0.0.1]:0/`, {}],
    ['localhost', `https://localhost:0/`, {}],
    ['an IPv6 address with the loopback address at its end', `https://[::127.0.0.1]:0/`, {}],
    ['a name with a private address', `https://inside.example:0/`, { lookup: resolveTo('10.0.0.7') }],
    ['a name with a public and a private address', `https://both.example:0/`, { lookup: resolveTo('93.184.216.34', '127.0.0.1') }],
    ['a name without an address', `https://none.example:0/`, { lookup: resolveTo() }],
    ['a name with a private IPv4 address in IPv6', `https://compatible.example:0/`, { lookup: resolveTo('::7f00:1') }],
    ['the name of a metadata service', `https://metadata.google.internal:0/`, { lookup: resolveTo('169.254.169.254') }],
  ])('never connects to %s', async (_, url, options) => {
    const before = receiver.received.length
    const response = await send({ url: url.replace(':0/', `:${port}/`), allowPrivate: false }, options)
    const isName = url.includes('example') || url.includes('internal') || url.includes('localhost')
    expect(response).toEqual(failure(isName ? 'The host name has no public address.' : 'The address is not public. Private addresses are not allowed.'))
    expect(receiver.received).toHaveLength(before)
  })

  it('gives one reason whether a name does not exist, cannot be looked up or has a private address', async () => {
    const failWith = (code: string) =>
      ((_name: string, _options: unknown, callback: (error: Error, addresses: never[]) => void) =>
        callback(Object.assign(new Error(code), { code, syscall: 'getaddrinfo' }), [])) as never
    const lookups = [failWith('ENOTFOUND'), failWith('EAI_AGAIN'), failWith('ESERVFAIL'), resolveTo('10.0.0.1'), resolveTo()]
    for (const lookup of lookups) {
      expect(await send({ url: 'https://database.example/', allowPrivate: false }, { lookup })).toEqual(failure('The host name has no public address.'))
    }
    expect(await send({ url: 'https://database.example/' }, { lookup: failWith('ENOTFOUND') })).toEqual(failure('The host name does not exist.'))
  })

  it.each([
    ['its address', 'http://169.254.169.254/', resolveTo('127.0.0.1')],
    ['its IPv4 address in IPv6', 'http://[::ffff:169.254.169.254]/', resolveTo('127.0.0.1')],
    ['its IPv6 address', 'http://[fd00:ec2::254]/', resolveTo('127.0.0.1')],
    ['its name', 'http://metadata.google.internal/', resolveTo('169.254.169.254')],
  ])('never connects to a metadata service by %s, even if private addresses are allowed', async (_, url, lookup) => {
    expect(await send({ url }, { lookup })).toEqual(failure('The address is that of a metadata service, which no webhook may use.'))
  })

  it('does not use http if private addresses are not allowed', async () => {
    expect(await send({ url: 'http://example.com/', allowPrivate: false })).toEqual(failure('http is not allowed. Use https.'))
  })

  it('looks a name up once, and connects to the address that was checked', async () => {
    let lookups = 0
    const lookup = ((...args: Parameters<(name: string, options: unknown, callback: () => void) => void>) => {
      lookups += 1
      ;(resolveTo('127.0.0.1') as (...all: unknown[]) => void)(...args)
    }) as never
    expect(await send({ url: `http://anything.example:${port}/` }, { lookup })).toEqual(success(204))
    expect(lookups).toBe(1)
  })

  it('stops reading an endless body, and keeps the status', async () => {
    let written = 0
    receiver.respond(response => {
      response.writeHead(200)
      const more = () => {
        for (let go = true; go && written < 64 * 1024 * 1024; written += 64 * 1024) go = response.write(Buffer.alloc(64 * 1024))
      }
      response.on('drain', more)
      more()
    })
    expect(await send({})).toEqual(success(200))
    expect(written).toBeLessThan(64 * 1024 * 1024)
    receiver.respond(204)
  })

  it('keeps the status if the body never ends, and fails if the response never starts', async () => {
    receiver.respond(response => response.writeHead(200).write('…'))
    expect(await send({}, { timeoutMs: 100 })).toEqual(success(200))
    receiver.respond(() => {})
    expect(await send({}, { timeoutMs: 100 })).toEqual(failure('No response within 0.1 s.'))
    receiver.respond(204)
  })

  it.each<[string, (response: ServerResponse) => unknown, unknown]>([
    ['redirects', response => response.writeHead(302, { location: '/elsewhere' }).end(), success(302)],
    ['closes the connection', response => response.destroy(), failure('The connection was closed without a response.')],
  ])('sends one request to a receiver that %s', async (_, respond, expected) => {
    const before = receiver.received.length
    receiver.respond(respond)
    expect(await send({})).toEqual(expected)
    expect(receiver.received).toHaveLength(before + 1)
    receiver.respond(204)
  })

  it('describes a connection that is refused', async () => {
    expect(await send({ url: 'http://127.0.0.1:1/' })).toEqual(failure('The connection was refused.'))
  })

  it('describes a receiver that does not speak HTTP without quoting it', async () => {
    const sockets: Socket[] = []
    const server = createServer(socket => {
      sockets.push(socket)
      socket.on('error', () => {})
      socket.end('SSH-2.0-OpenSSH_9.9 root@10.0.0.1\r\n')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    expect(await send({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` })).toEqual(failure('The endpoint does not speak HTTP.'))
    for (const socket of sockets) socket.destroy()
    server.close()
  })
})
