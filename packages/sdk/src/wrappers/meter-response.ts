import { meterReadable, type StreamMeter } from './meter-stream.ts'
import { createEventReader } from './server-sent-events.ts'

/** How to meter the body of a response that the caller reads by itself. */
export interface ResponseMeter {
  /** Meters the events of a stream. */
  readonly stream: StreamMeter<unknown>
  /** Called with the parsed body of a response that is no stream, or undefined if it is no JSON. */
  whole(body: unknown): void
  /** Whether the client parses the body, so that it is metered already. */
  isParsed(): boolean
  readonly signal?: AbortSignal | undefined
}

const BODY_METHODS = ['text', 'json', 'arrayBuffer', 'bytes', 'blob', 'formData', 'clone'] as const

/** Meters the body of a response when it is first read. The response stays the same object, and its bytes pass unchanged. */
export function meterResponse(response: Response, meter: ResponseMeter): void {
  const { body } = response
  if (body === null) return
  let metered: Response | undefined
  const read = (): Response => {
    metered ??= new Response(meterBody(body, response.headers.get('content-type') ?? '', meter), { status: response.status, headers: response.headers })
    return metered
  }
  for (const name of BODY_METHODS) {
    const original = response[name] as (() => unknown) | undefined
    if (original === undefined) continue
    Object.defineProperty(response, name, {
      configurable: true,
      value: () => (meter.isParsed() ? original.call(response) : (read()[name] as () => unknown).call(read())),
    })
  }
  Object.defineProperty(response, 'body', { configurable: true, get: () => (meter.isParsed() ? body : read().body) })
  Object.defineProperty(response, 'bodyUsed', { configurable: true, get: () => metered?.bodyUsed ?? body.locked })
}

function meterBody(body: ReadableStream<Uint8Array>, contentType: string, { stream, whole, signal }: ResponseMeter): ReadableStream<Uint8Array> {
  if (contentType.startsWith('text/event-stream')) {
    const events = createEventReader()
    const part = (bytes: Uint8Array) => {
      for (const event of events.read(bytes)) stream.part(event)
      return true
    }
    return meterReadable(body, { part, end: ending => stream.end(ending) }, signal)
  }
  const decoder = new TextDecoder()
  let text = ''
  const part = (bytes: Uint8Array) => {
    if (contentType.includes('json')) text += decoder.decode(bytes, { stream: true })
    return true
  }
  return meterReadable(
    body,
    { part, end: ending => (ending?.error === undefined && ending?.aborted !== true ? whole(parsed(text)) : stream.end(ending)) },
    signal,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
