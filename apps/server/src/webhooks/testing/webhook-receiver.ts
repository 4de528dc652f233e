import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'

/** A request that came in. */
export interface ReceivedWebhook {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** As it was sent, byte for byte. */
  readonly body: string
  readonly id: string
  readonly payload: { readonly type: string; readonly timestamp: string; readonly data: Readonly<Record<string, unknown>> }
}

/** A real HTTP server that is told of notices. */
export interface WebhookReceiver extends AsyncDisposable {
  readonly url: string
  readonly received: readonly ReceivedWebhook[]
  /** How the following requests are answered: a status, or by hand; 204 as long as nothing is said. */
  answer(how: number | ((response: ServerResponse, request: ReceivedWebhook) => unknown)): void
  /** The requests so far, each verified with the secret as a receiver would; throws where one is not genuine. */
  verified(secret: string): ReceivedWebhook[]
}

/** Listens on a free port of this machine. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = []
  let how: Parameters<WebhookReceiver['answer']>[0] = 204
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const { url: path = '', headers } = request
      const webhook = { path, headers, body, id: String(headers['webhook-id']), payload: JSON.parse(body) as ReceivedWebhook['payload'] }
      received.push(webhook)
      if (typeof how === 'function') how(response, webhook)
      else response.writeHead(how).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    received,
    answer(next) {
      how = next
    },
    verified(secret) {
      for (const { body, headers } of received) new Webhook(secret).verify(body, headers as Record<string, string>)
      return [...received]
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
