import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'

/** A request that was received. */
export interface ReceivedWebhook {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** The bytes that were sent. */
  readonly body: string
  readonly id: string
  readonly payload: { readonly type: string; readonly timestamp: string; readonly data: Readonly<Record<string, unknown>> }
}

/** A real HTTP server that receives webhooks. */
export interface WebhookReceiver extends AsyncDisposable {
  readonly url: string
  readonly received: readonly ReceivedWebhook[]
  /** Sets how to respond to the next requests: with a status, or by hand. Defaults to 204. */
  respond(how: number | ((response: ServerResponse, request: ReceivedWebhook) => unknown)): void
  /** Returns the requests so far, after verifying each with the secret. Throws if one is not genuine. */
  verified(secret: string): ReceivedWebhook[]
}

/** Starts a receiver on a free port of 127.0.0.1. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = []
  let how: Parameters<WebhookReceiver['respond']>[0] = 204
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
    respond(next) {
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
