import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { httpWebhookSender } from './http-webhook-sender.ts'
import { isPublicAddress } from './public-address.ts'
import { startWebhookReceiver, type WebhookReceiver } from './testing/webhook-receiver.ts'
import type { WebhookRequest } from './webhook-sender.ts'

describe.each([
  ['93.184.216.34', true],
  ['2606:2800:220:1:248:1893:25c8:1946', true],
  ['127.0.0.1', false],
  ['127.255.255.254', false],
  ['0.0.0.0', false],
  ['10.1.2.3', false],
  ['172.16.0.1', false],
  ['172.31.255.255', false],
  ['172.32.0.1', true],
  ['192.168.0.1', false],
  ['169.254.169.254', false], // The metadata service of clouds.
  ['100.64.0.1', false], // Behind a carrier's NAT.
  ['192.0.2.1', false],
  ['198.18.0.1', false],
  ['224.0.0.1', false],
  ['240.0.0.1', false],
  ['255.255.255.255', false],
  ['::', false],
  ['::1', false],
  ['fe80::1', false],
  ['fc00::1', false],
  ['fd12:3456::1', false],
  ['ff02::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:93.184.216.34', false],
  ['64:ff9b::7f00:1', false], // NAT64, of 127.0.0.1.
  ['2002:7f00:1::', false], // 6to4, of 127.0.0.1.
  ['2001:0:7f00:1::', false], // Teredo.
  ['2001:db8::1', false],
  ['fe80::1%eth0', false],
  ['example.com', false],
  ['', false],
])('the address %s', (address, isPublic) => {
  it(`is ${isPublic ? '' : 'not '}public`, () => expect(isPublicAddress(address)).toBe(isPublic))
})

describe('sending', () => {
  let receiver: WebhookReceiver
  let port: string

  beforeAll(async () => {
    receiver = await startWebhookReceiver()
    port = new URL(receiver.url).port
  })
  afterAll(() => receiver[Symbol.asyncDispose]())

  const send = (request: Partial<WebhookRequest>, options: Parameters<typeof httpWebhookSender>[0] = {}) =>
    httpWebhookSender(options).send({ url: receiver.url, headers: {}, body: '{}', allowPrivate: true, signal: new AbortController().signal, ...request })
  /** A name server that says what it is told to. */
  const names = (...addresses: string[]) =>
    ((_name: string, _options: unknown, callback: (error: null, addresses: { address: string; family: number }[]) => void) =>
      callback(
        null,
        addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
      )) as never

  it.each([
    ['an address of this machine', `https://127.0.0.1:0/`, {}],
    ['its IPv6 address', `https://[::1]:0/`, {}],
    ['an IPv6 address that wraps it', `https://[::ffff:127.0.0.1]:0/`, {}],
    ['a name of this machine', `https://localhost:0/`, {}],
    ['a name that leads into a private network', `https://inside.example:0/`, { lookup: names('10.0.0.7') }],
    ['a name that leads outside and inside', `https://both.example:0/`, { lookup: names('93.184.216.34', '127.0.0.1') }],
    ['a name that leads nowhere', `https://none.example:0/`, { lookup: names() }],
  ])('never connects to %s', async (_, url, options) => {
    const before = receiver.received.length
    const answer = await send({ url: url.replace(':0/', `:${port}/`), allowPrivate: false }, options)
    expect(answer).toEqual({ statusCode: null, error: 'Its address is not public; private addresses are not allowed.' })
    expect(receiver.received).toHaveLength(before)
  })

  it('does not go over http where only public addresses are allowed', async () => {
    expect(await send({ url: 'http://example.com/', allowPrivate: false })).toEqual({ statusCode: null, error: 'http is not allowed, only https.' })
  })

  it('connects to the address that was judged: the name is looked up once', async () => {
    let asked = 0
    const lookup = ((...args: Parameters<(name: string, options: unknown, callback: () => void) => void>) => {
      asked += 1
      ;(names('127.0.0.1') as (...all: unknown[]) => void)(...args)
    }) as never
    expect(await send({ url: `http://anything.example:${port}/` }, { lookup })).toEqual({ statusCode: 204, retryAfter: null })
    expect(asked).toBe(1)
  })

  it('reads an endless body so far and no further, and keeps the status', async () => {
    let written = 0
    receiver.answer(response => {
      response.writeHead(200)
      const more = () => {
        for (let go = true; go && written < 64 * 1024 * 1024; written += 64 * 1024) go = response.write(Buffer.alloc(64 * 1024))
      }
      response.on('drain', more)
      more()
    })
    expect(await send({})).toEqual({ statusCode: 200, retryAfter: null })
    expect(written).toBeLessThan(64 * 1024 * 1024)
    receiver.answer(204)
  })

  it('keeps the status where the body never ends, and gives up an answer that never begins', async () => {
    receiver.answer(response => response.writeHead(200).write('…'))
    expect(await send({}, { timeoutMs: 100 })).toEqual({ statusCode: 200, retryAfter: null })
    receiver.answer(() => {})
    expect(await send({}, { timeoutMs: 100 })).toEqual({ statusCode: null, error: 'No answer within 0.1 s.' })
    receiver.answer(204)
  })

  it('survives a receiver that speaks no HTTP, and tells nothing of what it said', async () => {
    const sockets: Socket[] = []
    const server = createServer(socket => {
      sockets.push(socket)
      socket.on('error', () => {})
      socket.end('SSH-2.0-OpenSSH_9.9 root@10.0.0.1\r\n')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    expect(await send({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` })).toEqual({ statusCode: null, error: 'It does not speak HTTP.' })
    for (const socket of sockets) socket.destroy()
    server.close()
  })
})
