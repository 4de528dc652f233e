import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request as send, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { ReverseProxy } from './reverse-proxy.ts'

/**
 * Starts a proxy that does what nginx does with its example, and no more: servers take turns, connections are kept open, and
 * only a request that reached no server is sent to the other one. So it fails each request that a server drops or refuses.
 */
export async function startStrictProxy(servers: readonly number[]): Promise<ReverseProxy> {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 })
  let turn = 0

  async function forward(request: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    turn = (turn + 1) % servers.length
    const first = turn
    for (let attempt = 0; ; attempt += 1) {
      const port = servers[(first + attempt) % servers.length]
      const { connection: _hop, ...headers } = request.headers
      const sent = send({ agent, port, host: '127.0.0.1', method: request.method, path: request.url, headers: { ...headers, 'content-length': body.length } })
      sent.end(body)
      try {
        const [response] = (await once(sent, 'response')) as [IncomingMessage]
        return response
      } catch (error) {
        const unsent = (error as NodeJS.ErrnoException).code === 'ECONNREFUSED'
        if (!unsent || attempt + 1 === servers.length) throw error
      }
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await forward(request, await buffer(request))
    const body = await buffer(answer)
    response.writeHead(answer.statusCode ?? 502, { 'content-type': answer.headers['content-type'] ?? 'text/plain', 'content-length': body.length }).end(body)
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(502).end(`Bad gateway: ${String(error)}`))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      agent.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
