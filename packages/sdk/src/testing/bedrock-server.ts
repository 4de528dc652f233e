import { once } from 'node:events'
import { createServer, type Http2ServerRequest, type Http2ServerResponse, type ServerHttp2Session } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What a local server answers in the wire format of Bedrock. */
export type BedrockAnswer = (response: Http2ServerResponse) => void

/** A local server that stands for Bedrock: HTTP/2, and streams of binary events. */
export interface BedrockServer extends AsyncDisposable {
  readonly url: string
  /** The paths of the requests, in order. */
  readonly paths: readonly string[]
  answer: BedrockAnswer
}

/** Starts a server that gives an answer to every request. */
export async function startBedrockServer(): Promise<BedrockServer> {
  const paths: string[] = []
  const sessions = new Set<ServerHttp2Session>()
  const handle = async (request: Http2ServerRequest, response: Http2ServerResponse) => {
    await text(request)
    paths.push(request.url)
    bedrock.answer(response)
  }
  const server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1')
  server.on('session', session => sessions.add(session))
  await once(server, 'listening')
  const bedrock: BedrockServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    answer: response => void response.writeHead(500).end(),
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  return bedrock
}

/** Answers with JSON. */
export function bedrockJson(body: unknown, { status = 200, ...headers }: Readonly<Record<string, string | number>> = {}): BedrockAnswer {
  return response => void response.writeHead(status as number, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
