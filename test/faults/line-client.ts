import { Agent, type IncomingMessage, request } from 'node:http'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** What the caller knows after a request. */
export type Reply<Data> =
  | { readonly kind: 'answer'; readonly data: Data }
  /** An error that says that nothing was changed. */
  | { readonly kind: 'refused'; readonly code: string }
  /** An error that leaves open whether something was changed, or no answer. */
  | { readonly kind: 'unknown'; readonly code: string }

/** A client of one server that keeps connections open. */
export interface LineClient {
  send<Data>(key: string, body: GraphqlBody<Data>): Promise<Reply<Data>>
  /** Closes all connections. Requests in progress end as unknown. */
  hangUp(): void
}

/** The text of an operation whose result, under the alias `result`, has the type `Data`. */
export type Operation<Data> = string & { readonly result?: Data }

/** A GraphQL request. */
export interface GraphqlBody<Data> {
  readonly query: Operation<Data>
  readonly variables?: Readonly<Record<string, unknown>>
}

/** Codes of errors after which nothing was changed. */
const REFUSALS = new Set(['OVERLOADED', 'STOPPING', 'USAGE_STOPPED', 'STARTING', 'CLOCK_OFF', 'POLICIES_UNSETTLED'])
/** Codes of errors after which the caller must send again to know. */
const OPEN_OUTCOMES = new Set(['DATABASE_UNAVAILABLE', 'STORE_UNAVAILABLE'])

const ABORTED = new Set(['AbortError', 'TimeoutError'])

/** Creates a client. A request without an answer within `timeoutMs` ends as unknown. */
export function createLineClient({ port, timeoutMs }: { port: number; timeoutMs: number }): LineClient {
  let agent = new Agent({ keepAlive: true })

  async function exchange(key: string, body: GraphqlBody<unknown>): Promise<any> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const sent = request({ host: '127.0.0.1', port, path: '/graphql', method: 'POST', agent, headers, signal: AbortSignal.timeout(timeoutMs) })
    sent.end(JSON.stringify(body))
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    return JSON.parse(await text(response))
  }

  return {
    async send(key, body) {
      const answer = await exchange(key, body).catch((error: unknown) => error as Error)
      if (answer instanceof Error) return { kind: 'unknown', code: ABORTED.has(answer.name) ? 'TIMEOUT' : 'NO_ANSWER' }
      const code: string | undefined = answer.errors?.[0]?.extensions?.code ?? answer.data?.result?.code
      if (code !== undefined && REFUSALS.has(code)) return { kind: 'refused', code }
      if (code !== undefined && OPEN_OUTCOMES.has(code)) return { kind: 'unknown', code }
      if (answer.errors !== undefined) throw new Error(`Unexpected error: ${JSON.stringify(answer.errors)}`)
      return { kind: 'answer', data: answer.data.result }
    },
    hangUp() {
      agent.destroy()
      agent = new Agent({ keepAlive: true })
    },
  }
}
