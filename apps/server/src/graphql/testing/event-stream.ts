import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'

/** The parts of a result that tests use. */
export interface LiveResult {
  readonly data?: any
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string; readonly after?: string } }[]
}

/** A subscription over Server-Sent Events. */
export interface EventStream {
  readonly status: number
  /** Returns the next result; undefined at the end of the stream. Rejects if the connection was lost. */
  next(): Promise<LiveResult | undefined>
  /** Closes the connection without ending the subscription. */
  drop(): void
}

/** A subscription and the key to send. */
export interface EventStreamRequest {
  readonly url: string
  readonly key: string
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
}

/** Subscribes over node:http, which reads from the connection only on demand, unlike fetch. */
export async function openEventStream({ url, key, query, variables = {} }: EventStreamRequest): Promise<EventStream> {
  const headers = { accept: 'text/event-stream', 'content-type': 'application/json', authorization: `Bearer ${key}` }
  const sent = request(url, { method: 'POST', agent: false, headers })
  sent.end(JSON.stringify({ query, variables }))
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  sent.on('error', () => {}) // `next` rejects with it.
  const results = resultsOf(response.setEncoding('utf8'))
  return {
    status: response.statusCode ?? 0,
    next: async () => (await results.next()).value ?? undefined,
    drop: () => void sent.destroy(),
  }
}

async function* resultsOf(chunks: AsyncIterable<string>): AsyncGenerator<LiveResult, undefined> {
  let text = ''
  for await (const chunk of chunks) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const [, event] = /^event: (\w+)$/m.exec(block) ?? []
      const [, data] = /^data: (.*)$/m.exec(block) ?? []
      if (event === 'complete') return undefined
      if (event === 'next' && data !== undefined) yield JSON.parse(data) as LiveResult
    }
  }
  throw new Error('The stream was cut off')
}
