import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What a local server answers in the wire format of a provider. */
export type Answer = (request: { readonly path: string; readonly body: string }, response: ServerResponse) => void | Promise<void>

/** A local server that stands for a provider. */
export interface ProviderServer extends AsyncDisposable {
  readonly url: string
  /** The bodies of the requests, in order. */
  readonly requests: readonly string[]
  /** Resolves when a client has closed its connection before the answer ended. */
  readonly closedEarly: Promise<void>
  answer: Answer
}

/** Starts a server that gives an answer to every request. */
export async function startProviderServer(): Promise<ProviderServer> {
  const requests: string[] = []
  const closed = Promise.withResolvers<void>()
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request)
    requests.push(body)
    response.on('close', () => {
      if (!response.writableEnded) closed.resolve()
    })
    await provider.answer({ path: request.url ?? '', body }, response)
  }
  const server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const provider: ProviderServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    closedEarly: closed.promise,
    answer: (_request, response) => void response.writeHead(500).end(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return provider
}

/** Answers with JSON. */
export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return (_request, response) => void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** Answers with server-sent events. With `open`, the connection stays open after the last. */
export function events(list: readonly object[], { open = false, named = false }: { readonly open?: boolean; readonly named?: boolean } = {}): Answer {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const event of list) response.write(`${named ? `event: ${(event as { type: string }).type}\n` : ''}data: ${JSON.stringify(event)}\n\n`)
    if (!open) response.end(named ? '' : 'data: [DONE]\n\n')
  }
}
