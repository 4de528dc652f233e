import type { Random } from '../faults/random.ts'
import type { RandomOperation } from './random-operation.ts'

/** How an operation is sent. */
export type Transport = 'POST' | 'POST twice' | 'POST from a page' | 'GET' | 'POST of damaged JSON' | 'Server-Sent Events' | 'WebSocket'

/** The ways to send each kind of operation. */
export const TRANSPORTS: Readonly<Record<RandomOperation['kind'], readonly Transport[]>> = {
  query: ['POST', 'POST', 'POST twice', 'POST twice', 'POST from a page', 'GET', 'POST of damaged JSON'],
  mutation: ['POST', 'POST', 'POST twice', 'POST twice', 'POST from a page', 'POST of damaged JSON'],
  subscription: ['Server-Sent Events', 'WebSocket', 'POST'],
}

/** The answer to an operation, or why there is none. */
export interface Answer {
  readonly status: number
  readonly text: string
  readonly messages: readonly string[]
  /** The code of each error; undefined for an error without one. */
  readonly codes: readonly (string | undefined)[]
  /** Set if there was no answer in time, or none that can be read. */
  readonly failure?: string
}

/** A request that hangs fails. */
const ANSWER_WITHIN_MS = 20_000

/** How long to wait for a first result of a subscription that may have none. */
const FIRST_RESULT_WITHIN_MS = 40

interface Sending {
  readonly url: string
  readonly key: string | undefined
  readonly operation: RandomOperation
  readonly transport: Transport
  readonly random: Random
}

/** Sends an operation. Never throws. */
export async function send(sending: Sending): Promise<Answer> {
  try {
    const answer = await sendOnce(sending)
    return sending.transport === 'POST twice' && answer.status === 200 ? await sendOnce(sending) : answer
  } catch (error) {
    return { status: 0, text: '', messages: [], codes: [], failure: `no answer: ${(error as Error).message}` }
  }
}

async function sendOnce({ url, key, operation: { query, variables }, transport, random }: Sending): Promise<Answer> {
  if (transport === 'WebSocket') return overSocket(url, key, { query, variables })
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
  const authorization = key === undefined ? {} : { authorization: `Bearer ${key}` }
  if (transport === 'GET') {
    const parameters = new URLSearchParams({ query, variables: JSON.stringify(variables) })
    const tooLong = parameters.toString().length > 12_000
    if (!tooLong) return read(await fetch(`${url}/graphql?${parameters}`, { headers: authorization, signal }))
  }
  const body = JSON.stringify({ query, variables })
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...authorization,
      ...(transport === 'POST from a page' && { origin: 'https://shop.example', accept: 'application/graphql-response+json' }),
      ...(transport === 'Server-Sent Events' && { accept: 'text/event-stream' }),
    },
    body: transport === 'POST of damaged JSON' ? damaged(body, random) : body,
    signal,
  })
  return response.headers.get('content-type') === 'text/event-stream' ? firstResult(response) : read(response)
}

async function read(response: Response): Promise<Answer> {
  return answerFrom(response.status, await response.text())
}

/** Reads the first result of an event stream, if there is one soon. */
async function firstResult({ status, body }: Response): Promise<Answer> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const reading = (async () => {
    while (reader !== undefined && !/^data: .+\n/m.test(text)) {
      const { value, done } = await reader.read()
      if (done) return
      text += value
    }
  })().catch(() => {})
  await Promise.race([reading, new Promise(done => setTimeout(done, FIRST_RESULT_WITHIN_MS))])
  await reader?.cancel().catch(() => {})
  const result = /^data: (.+)$/m.exec(text)?.[1]
  return answerFrom(status, result ?? '{}')
}

function overSocket(url: string, key: string | undefined, payload: object): Promise<Answer> {
  return new Promise((settle, fail) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    const end = (answer: Answer) => {
      clearTimeout(hanging)
      settle(answer)
      socket.close()
    }
    const hanging = setTimeout(() => fail(new Error('The WebSocket hangs.')), ANSWER_WITHIN_MS)
    const say = (message: object) => socket.send(JSON.stringify(message))
    socket.addEventListener('open', () => say({ type: 'connection_init', payload: key === undefined ? {} : { authorization: `Bearer ${key}` } }))
    // Keys that are refused close it.
    socket.addEventListener('close', ({ code, reason }) =>
      end(answerFrom(200, JSON.stringify({ errors: [{ message: reason, extensions: { code: `closed with ${code}` } }] }))),
    )
    socket.addEventListener('message', ({ data }) => {
      const { type, payload: result } = JSON.parse(data as string) as { type: string; payload?: unknown }
      if (type === 'connection_ack') {
        say({ type: 'subscribe', id: '1', payload })
        setTimeout(() => end(answerFrom(200, '{}')), FIRST_RESULT_WITHIN_MS)
      }
      if (type === 'error') end(answerFrom(200, JSON.stringify({ errors: result })))
      if (type === 'next') end(answerFrom(200, JSON.stringify(result)))
    })
  })
}

function answerFrom(status: number, text: string): Answer {
  let errors: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[] = []
  try {
    errors = (JSON.parse(text) as { errors?: typeof errors }).errors ?? []
  } catch {
    return { status, text, messages: [], codes: [], failure: `an answer that is not JSON: ${text.slice(0, 200)}` }
  }
  return { status, text, messages: errors.map(({ message }) => message), codes: errors.map(({ extensions }) => extensions?.code) }
}

/** Changes a few characters of a text. */
function damaged(text: string, random: Random): string {
  let changed = text
  for (let times = random.between(1, 4); times > 0; times--) {
    const at = random.between(0, changed.length)
    changed =
      changed.slice(0, at) +
      random.pick(['', '"', '{', '}', '[', ',', '\\', '\u0000', 'null', '9'.repeat(40), '\ud800']) +
      changed.slice(at + random.between(0, 3))
  }
  return changed
}
