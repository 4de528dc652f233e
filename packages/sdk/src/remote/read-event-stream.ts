import { EngineFailure } from '../errors.ts'
import type { ServerError } from './read-failure.ts'

/** A result of a subscription. */
export interface StreamedResult<Result> {
  readonly data?: Result | null
  readonly errors?: readonly ServerError[]
}

/** The server sends a comment every 12 seconds. Without anything for this long, the connection is dead. */
const MAX_SILENCE_MS = 40_000

/** Reads the results of a subscription from an event stream (the protocol graphql-sse). Ends when the server completes it. */
export async function* readEventStream<Result>(stream: ReadableStream<Uint8Array>): AsyncGenerator<StreamedResult<Result>, undefined> {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (;;) {
      const { done, value } = await readOrTimeOut(reader)
      if (done) return undefined
      text += decoder.decode(value, { stream: true }).replaceAll('\r', '')
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const event = /^event: ?(\w+)$/m.exec(block)?.[1]
        const data = /^data: ?(.*)$/m.exec(block)?.[1]
        if (event === 'complete') return undefined
        if (event === 'next' && data !== undefined) yield JSON.parse(data) as StreamedResult<Result>
      }
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

async function readOrTimeOut(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Awaited<ReturnType<ReadableStreamDefaultReader<Uint8Array>['read']>>> {
  const { promise: silence, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new EngineFailure('UNAVAILABLE', `The subscription was silent for ${MAX_SILENCE_MS / 1_000} seconds.`)), MAX_SILENCE_MS)
  try {
    return await Promise.race([reader.read(), silence])
  } finally {
    clearTimeout(timer)
  }
}
