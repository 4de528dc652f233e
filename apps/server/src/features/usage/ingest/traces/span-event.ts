import { type ExtractedUsage, readOpenTelemetryModel, readOpenTelemetryUsage, TokenUsageUnreadable } from '@tollgate/tokens'
import { EVENT_LIMITS } from '@tollgate/usage'
import { Temporal } from '@tollgate/kernel'
import type { IncomingEvent } from '../incoming-event.ts'
import { inferenceOf } from './inference.ts'
import { type Attributes, NOT_TEXT, type Span } from './span.ts'
import { firstText, spanMetadata } from './span-metadata.ts'

/** The events of a span; none if it is not metered. With a problem, they are rejected for that reason. */
export interface SpanEvents {
  readonly events: readonly IncomingEvent[]
  readonly problem?: string
}

const NOT_METERED: SpanEvents = { events: [] }
const TRACE_ID = /^(?!0+$)[0-9a-f]{32}$/
const SPAN_ID = /^(?!0+$)[0-9a-f]{16}$/
const NANOS_PER_MS = 1_000_000n

/**
 * Returns the usage events of a span that calls a model, as the JSON of `UsageEventInput`: one, and one more for each further model
 * call that its usage lists. The idempotency key is made of the trace id and the span id, so an export that is sent again counts
 * once. It occurred when the span ended.
 */
export function spanEvents(span: Span): SpanEvents {
  const { attributes } = span
  const operation = inferenceOf(attributes)
  if (operation === undefined) return NOT_METERED
  if (!TRACE_ID.test(span.traceId) || !SPAN_ID.test(span.spanId)) return { events: [], problem: 'its trace id or its span id is not valid' }
  const notText = Object.keys(attributes).find(name => attributes[name] === NOT_TEXT)
  if (notText !== undefined) return { events: [], problem: `${notText} is not valid UTF-8` }
  const tenantId = firstText(span, ['tollgate.tenant.id'])
  const common = {
    idempotencyKey: `otlp:${span.traceId}:${span.spanId}`,
    operation: firstText(span, ['tollgate.operation']) ?? operation,
    ...readOpenTelemetryModel(attributes),
    ...timesOf(span),
    ...outcomeOf(span),
    metadata: spanMetadata(span),
    ...(typeof attributes['tollgate.reservation.id'] === 'string' && { reservationId: attributes['tollgate.reservation.id'] }),
  }
  try {
    const { provider: _, attempts = [], ...usage } = usageOf(attributes)
    const attempted = attempts.map((attempt, i) => ({ ...common, ...attempt, idempotencyKey: `${common.idempotencyKey}:${i + 1}` }))
    return { events: [{ ...common, ...usage }, ...attempted].map(input => ({ tenantId, input })) }
  } catch (error) {
    if (!(error instanceof TokenUsageUnreadable)) throw error
    // It is tracked all the same, so that it is kept with the rejected events, with the counts as they were sent.
    const counts = Object.fromEntries(Object.entries(attributes).filter(([name]) => IS_USAGE.test(name)))
    return { events: [{ tenantId, input: { ...common, tokens: counts } }], problem: error.message }
  }
}

const IS_USAGE = /^(?:gen_ai\.usage|llm\.token_count|llm\.usage|ai\.usage)\.(?!cost$)/

/** Returns the usage of a span; nothing for a call that reports none, such as one that failed. */
function usageOf(attributes: Attributes): Partial<ExtractedUsage> & { readonly provider?: string | null } {
  return Object.keys(attributes).some(name => IS_USAGE.test(name)) ? readOpenTelemetryUsage(attributes) : {}
}

function timesOf({ startNanos, endNanos }: Span): object {
  return {
    ...(endNanos > 0n && { occurredAt: Temporal.Instant.fromEpochNanoseconds(endNanos).toString() }),
    // A clock that was set back in between measures nothing.
    ...(startNanos > 0n && endNanos >= startNanos && { latencyMs: Number(endNanos - startNanos) / Number(NANOS_PER_MS) }),
  }
}

const STATUS_CODES = ['http.response.status_code', 'http.status_code']
const TOO_MANY_REQUESTS = 429
/** How providers and their clients name a rate limit: RateLimitError, rate_limit_exceeded, ThrottlingException, RESOURCE_EXHAUSTED. */
const RATE_LIMIT = /rate.?limit|throttl|resource.?exhausted|too.?many.?requests/i

/** Returns how the call ended. A span with an error failed, even if its status was not set. */
function outcomeOf({ attributes, isError, statusMessage }: Span): object {
  const type = firstText({ attributes, resource: {} }, ['error.type'])
  const statusCode = STATUS_CODES.map(name => statusCodeOf(attributes[name])).find(code => code !== undefined) ?? statusCodeOf(type)
  const failed = isError || type !== undefined
  const isLimited = failed && (statusCode === TOO_MANY_REQUESTS || RATE_LIMIT.test(type ?? ''))
  const message = (statusMessage === '' ? type : statusMessage)?.toWellFormed().replaceAll('\0', '\uFFFD').slice(0, EVENT_LIMITS.errorMessageLength)
  return {
    status: isLimited ? 'RATE_LIMITED' : failed ? 'FAILURE' : 'SUCCESS',
    ...(statusCode !== undefined && { statusCode }),
    ...(failed && message !== undefined && { errorMessage: message.toWellFormed() }),
  }
}

function statusCodeOf(value: unknown): number | undefined {
  const code = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value
  return typeof code === 'number' && Number.isInteger(code) && code >= EVENT_LIMITS.statusCodeFrom && code <= EVENT_LIMITS.statusCodeTo ? code : undefined
}
