import type { TrackedEvent } from '@tollgate/usage'
import type { ErrorResponse } from '../../../../http/respond.ts'
import type { IncomingEvent } from '../incoming-event.ts'
import type { WayIn } from '../way-in.ts'
import { jsonSpans } from './json-spans.ts'
import { protobufSpans } from './protobuf-spans.ts'
import { MalformedTraces, type Span } from './span.ts'
import { spanEvents } from './span-event.ts'
import { traceEncodingOf, traceReply } from './trace-reply.ts'

/** Maximum number of spans in one request. Collectors send up to 8,192 by default. */
const MAX_TRACE_SPANS = 50_000
/** Maximum number of usage events that the spans of one request may become. */
const MAX_TRACE_EVENTS = 10_000
/** Maximum number of reasons in the message of a response. */
const MAX_REASONS = 5

/** A span that is metered: the positions of its events, and what is wrong with it. */
interface MeteredSpan {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly problem?: string | undefined
}

/**
 * Traces of OpenTelemetry over OTLP/HTTP, in protobuf or JSON. Spans that call a model become usage events; others are accepted and
 * ignored. The response counts the spans that were not recorded. A span that was sent before counts as recorded.
 */
export const traces: WayIn = {
  refusedHeaders: ({ 'content-type': type }) => (traceEncodingOf(type) === undefined ? NOT_OTLP : undefined),

  async receive({ headers, body, track }) {
    const encoding = traceEncodingOf(headers['content-type']) ?? 'json'
    const events: IncomingEvent[] = []
    const metered: MeteredSpan[] = []
    try {
      const error = collect(encoding === 'protobuf' ? protobufSpans(body) : jsonSpans(body), events, metered)
      if (error !== undefined) return { error }
    } catch (error) {
      if (error instanceof MalformedTraces) return { error: { status: 400, code: 'BAD_REQUEST', message: `${error.message}.` } }
      throw error
    }
    const tracked = events.length > 0 ? await track(events) : []
    const reasons = metered.flatMap(span => reasonOf(span, tracked) ?? [])
    return traceReply(encoding, { rejectedSpans: reasons.length, errorMessage: describe(reasons) })
  },
}

function collect(spans: Iterable<Span>, events: IncomingEvent[], metered: MeteredSpan[]): ErrorResponse | undefined {
  let count = 0
  for (const span of spans) {
    if (++count > MAX_TRACE_SPANS) return tooMany(`${MAX_TRACE_SPANS} spans`)
    const { events: ofSpan, problem } = spanEvents(span)
    if (ofSpan.length === 0 && problem === undefined) continue
    metered.push({ name: `span ${span.spanId.slice(0, 16)}`, from: events.length, to: events.length + ofSpan.length, problem })
    events.push(...ofSpan)
    if (events.length > MAX_TRACE_EVENTS) return tooMany(`${MAX_TRACE_EVENTS} spans that call a model`)
  }
  return undefined
}

/** Returns why a span was not recorded; undefined if it was. */
function reasonOf({ name, from, to, problem }: MeteredSpan, tracked: readonly TrackedEvent[]): string | undefined {
  if (problem !== undefined) return `${name}: ${problem}`
  const refused = tracked.slice(from, to).find(({ outcome }) => outcome === 'rejected' || outcome === 'conflict')
  return refused && `${name}: ${refused.reason}`
}

function describe(reasons: readonly string[]): string {
  const more = reasons.length - MAX_REASONS
  return [...reasons.slice(0, MAX_REASONS), ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
}

const NOT_OTLP: ErrorResponse = {
  status: 415,
  code: 'UNSUPPORTED_MEDIA_TYPE',
  message: 'Send traces in OTLP: "Content-Type: application/x-protobuf" or "application/json".',
}

function tooMany(limit: string): ErrorResponse {
  return { status: 413, code: 'PAYLOAD_TOO_LARGE', message: `The request has more than ${limit}; send fewer in one request.` }
}
