import type { MeteredApi } from '../meter-client.ts'
import type { StreamReader } from '../meter-stream.ts'
import { textOf } from '../text-of.ts'

interface ModelResponse {
  readonly id?: string
  readonly status?: string
  readonly error?: { readonly code?: string; readonly message?: string } | null
  readonly output?: unknown
}

interface ResponseEvent {
  readonly type?: string
  readonly delta?: unknown
  readonly response?: ModelResponse
}

const ENDS = new Set<unknown>(['response.completed', 'response.incomplete', 'response.failed'])

/** Returns the error of a response that failed after its request had succeeded. */
function failureOf(response: ModelResponse | undefined): Error | undefined {
  if (response?.status !== 'failed') return undefined
  return Object.assign(new Error(response.error?.message ?? 'The response failed.'), { code: response.error?.code })
}

/** Events of responses: pieces of text, arguments and reasoning, and at the end the response with its usage. */
const responseEvents: StreamReader<ResponseEvent> = {
  output: ({ type, delta }) => (type?.endsWith('.delta') === true && typeof delta === 'string' ? delta : ''),
  hasUsage: ({ type }) => ENDS.has(type),
  isFinal: ({ type }) => ENDS.has(type),
  failure: ({ type, response }) => (type === 'response.failed' ? failureOf({ ...response, status: 'failed' }) : undefined),
}

/** Responses. One in the background has no usage before its end. */
export const responsesApi: MeteredApi = {
  operation: 'chat',
  apiFlavor: 'responses',
  stream: responseEvents,
  output: response => textOf((response as ModelResponse).output),
  failure: response => failureOf(response as ModelResponse | undefined),
  pendingId(response) {
    const { id, status } = (response ?? {}) as ModelResponse
    return status === 'queued' || status === 'in_progress' ? id : undefined
  },
}
