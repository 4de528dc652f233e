import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request that a provider got. */
export interface ProviderRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** What a provider answers. */
export interface ProviderAnswer {
  readonly status: number
  readonly json: unknown
}

/** A real HTTP server that speaks like a payment provider. */
export interface LocalProviderServer extends AsyncDisposable {
  readonly host: string
  readonly port: number
  readonly url: string
  /** Answers the next request with a status. */
  failNext(status: number): void
  /** Does the work of requests, and cuts their connections instead of answering, until told otherwise. */
  cutResponses(cut: boolean): void
}

/** An error in the forms of all providers. */
const OUT_OF_ORDER = JSON.stringify({ message: 'out of order', error: { type: 'api_error', message: 'out of order' } })

/** Starts a server on a free port of 127.0.0.1. `answer` keeps the state of the provider. */
export async function startLocalProvider(answer: (request: ProviderRequest) => ProviderAnswer): Promise<LocalProviderServer> {
  let failure: number | undefined
  let isCut = false
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      const failed = failure
      failure = undefined
      if (failed !== undefined) return void response.writeHead(failed, { 'content-type': 'application/json' }).end(OUT_OF_ORDER)
      const { status, json } = answer({ method, path, headers, body: Buffer.concat(chunks).toString() })
      if (isCut) return void response.destroy()
      response.writeHead(status, { 'content-type': 'application/json' }).end(json === undefined ? '' : JSON.stringify(json))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    host: '127.0.0.1',
    port,
    url: `http://127.0.0.1:${port}`,
    failNext(status) {
      failure = status
    },
    cutResponses(cut) {
      isCut = cut
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
