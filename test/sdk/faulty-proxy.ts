import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'

/** What can happen to a request. The server has done its work with those that come after it. */
export const FAULTS = ['latency', 'reset before', 'no answer', '500 before', '429', 'page of a proxy', '503 after', 'reset after', 'cut off after'] as const

/** What happens to a request. */
export type Fault = (typeof FAULTS)[number] | 'none'

/** A proxy of HTTP between a client and a server that disturbs requests. */
export interface FaultyProxy extends AsyncDisposable {
  readonly url: string
  /** How often each fault happened. */
  readonly counts: Readonly<Record<Fault, number>>
}

/** Starts a proxy. `pick` decides about each request. */
export async function startFaultyProxy(target: string, pick: () => Fault): Promise<FaultyProxy> {
  const counts = Object.fromEntries(['none', ...FAULTS].map(fault => [fault, 0])) as Record<Fault, number>

  async function forward(request: IncomingMessage, body: Buffer): Promise<{ status: number; type: string; answer: Buffer }> {
    const { authorization = '', accept = '' } = request.headers
    const response = await fetch(new URL(request.url ?? '/', target), {
      method: 'POST',
      headers: { authorization, accept, 'content-type': 'application/json' },
      body: new Uint8Array(body),
    })
    return { status: response.status, type: response.headers.get('content-type') ?? '', answer: Buffer.from(await response.arrayBuffer()) }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request)
    const fault = pick()
    counts[fault] += 1
    if (fault === 'reset before') return void request.socket.destroy()
    if (fault === 'no answer') return
    if (fault === '500 before') return void response.writeHead(500).end('{"errors":[{"message":"broken"}]}')
    if (fault === '429') return void response.writeHead(429, { 'retry-after': '0' }).end()
    if (fault === 'page of a proxy') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Please wait.</p>')
    if (fault === 'latency') await delay(20)
    const { status, type, answer } = await forward(request, body)
    if (fault === '503 after') return void response.writeHead(503).end()
    if (fault === 'reset after') return void request.socket.destroy()
    response.writeHead(status, { 'content-type': type, 'content-length': answer.length })
    if (fault === 'cut off after') return void response.write(answer.subarray(0, answer.length / 2), () => request.socket.destroy())
    response.end(answer)
  }

  const server = createServer((request, response) => void handle(request, response).catch(() => request.socket.destroy()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
