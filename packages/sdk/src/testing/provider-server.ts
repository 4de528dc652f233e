import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { createServer as createHttp2Server, type Http2ServerRequest, type ServerHttp2Session } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** The response of a local server, over HTTP/1.1 and HTTP/2 alike. */
export interface ProviderResponse {
  readonly writableEnded: boolean
  writeHead(status: number, headers?: Readonly<Record<string, string>>): this
  write(chunk: string | Uint8Array): boolean
  end(chunk?: string | Uint8Array): this
  on(event: 'close', listener: () => void): this
}

/** What a local server answers in the wire format of a provider. */
export type ProviderAnswer = (request: { readonly path: string; readonly body: string }, response: ProviderResponse) => void | Promise<void>

/** A local server that stands for a provider. */
export interface ProviderServer extends AsyncDisposable {
  readonly url: string
  /** The bodies of the requests, in order. */
  readonly requests: readonly string[]
  /** Resolves when a client has closed its connection before the answer ended. */
  readonly closedEarly: Promise<void>
  answer: ProviderAnswer
}

/** Starts a server that gives an answer to every request: 500 until `answer` is set. The client of Bedrock speaks HTTP/2. */
export async function startProviderServer({ http2 = false }: { readonly http2?: boolean } = {}): Promise<ProviderServer> {
  const requests: string[] = []
  const closed = Promise.withResolvers<void>()
  const handle = async (request: IncomingMessage | Http2ServerRequest, response: ProviderResponse) => {
    const body = await text(request)
    requests.push(body)
    response.on('close', () => {
      if (!response.writableEnded) closed.resolve()
    })
    await provider.answer({ path: request.url ?? '', body }, response)
  }
  const { server, closeConnections } = http2 ? http2Server(handle) : http1Server(handle)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const provider: ProviderServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    closedEarly: closed.promise,
    answer: (_request, response) => void response.writeHead(500).end(),
    async [Symbol.asyncDispose]() {
      closeConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return provider
}

type Handle = (request: IncomingMessage | Http2ServerRequest, response: ProviderResponse) => Promise<void>

function http1Server(handle: Handle) {
  const server = createServer((request, response) => void handle(request, response))
  return { server, closeConnections: () => server.closeAllConnections() }
}

function http2Server(handle: Handle) {
  const sessions = new Set<ServerHttp2Session>()
  const server = createHttp2Server((request, response) => void handle(request, response))
  server.on('session', session => sessions.add(session))
  const closeConnections = () => {
    for (const session of sessions) session.destroy()
  }
  return { server, closeConnections }
}
