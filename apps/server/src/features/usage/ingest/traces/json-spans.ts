import { isUtf8 } from 'node:buffer'
import { longNumberText, parseExactJson } from '@tollgate/kernel'
import { isNestedDeeperThan } from '../../../../http/json-nesting.ts'
import { MAX_BODY_NESTING } from '../../../../http/request-limits.ts'
import { type Attributes, integerOf, isUsedAttribute, MalformedTraces, type Span } from './span.ts'

type Json = Readonly<Record<string, unknown>>

const STATUS_ERROR = 2
const MAX_NANOS = 2n ** 64n - 1n

/**
 * Returns the spans of an `ExportTraceServiceRequest` in OTLP's JSON: ids are hexadecimal, integers of 64 bits are text or numbers,
 * and unknown fields are ignored. Throws `MalformedTraces`, which names the field.
 */
export function* jsonSpans(body: Buffer): Generator<Span, void, undefined> {
  const request = objectOf(parse(body), 'The body')
  for (const resourceSpans of objectsIn(request, 'resourceSpans')) {
    const resource = attributesOf(childOf(resourceSpans, 'resource'))
    for (const scopeSpans of objectsIn(resourceSpans, 'scopeSpans')) {
      for (const span of objectsIn(scopeSpans, 'spans')) yield readSpan(span, resource)
    }
  }
}

function parse(body: Buffer): unknown {
  if (!isUtf8(body)) throw new MalformedTraces('The body is not valid UTF-8')
  if (isNestedDeeperThan(body, MAX_BODY_NESTING)) throw new MalformedTraces(`The body is nested deeper than ${MAX_BODY_NESTING} levels`)
  try {
    return parseExactJson(body.toString('utf8'))
  } catch (error) {
    throw new MalformedTraces(`The body is not valid JSON: ${(error as Error).message}`)
  }
}

function readSpan(span: Json, resource: Attributes): Span {
  const status = childOf(span, 'status')
  return {
    traceId: textIn(span, 'traceId').toLowerCase(),
    spanId: textIn(span, 'spanId').toLowerCase(),
    startNanos: nanosIn(span, 'startTimeUnixNano'),
    endNanos: nanosIn(span, 'endTimeUnixNano'),
    isError: status['code'] === STATUS_ERROR || status['code'] === 'STATUS_CODE_ERROR',
    statusMessage: textIn(status, 'message'),
    attributes: attributesOf(span),
    resource,
  }
}

function attributesOf(of: Json): Attributes {
  const attributes: Record<string, unknown> = {}
  for (const attribute of objectsIn(of, 'attributes')) {
    const key = textIn(attribute, 'key')
    const value = isUsedAttribute(key) ? readValue(childOf(attribute, 'value')) : undefined
    if (value !== undefined) attributes[key] = value
  }
  return attributes
}

/** Returns undefined for a value that is not read, such as a list. */
function readValue({ stringValue, boolValue, intValue, doubleValue }: Json): unknown {
  if (typeof stringValue === 'string') return stringValue
  if (typeof boolValue === 'boolean') return boolValue
  if (intValue !== undefined && intValue !== null) {
    const digits = numeralOf(intValue)
    if (digits === undefined || !/^-?\d{1,19}$/.test(digits)) throw new MalformedTraces('intValue must be an integer of 64 bits, as text or as a number')
    return integerOf(digits)
  }
  const double = numeralOf(doubleValue)
  return double === undefined ? undefined : Number(double)
}

function nanosIn(of: Json, name: string): bigint {
  const value = of[name]
  if (value === undefined || value === null) return 0n
  const digits = numeralOf(value)
  if (digits === undefined || !/^\d{1,20}$/.test(digits) || BigInt(digits) > MAX_NANOS) {
    throw new MalformedTraces(`${name} must be nanoseconds since 1970, as text or as a number`)
  }
  return BigInt(digits)
}

/** Returns the text of a number, or of a text that may be one. */
function numeralOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : longNumberText(value)
}

function textIn(of: Json, name: string): string {
  const value = of[name] ?? ''
  if (typeof value !== 'string') throw new MalformedTraces(`${name} must be text`)
  return value
}

function childOf(of: Json, name: string): Json {
  return objectOf(of[name] ?? {}, name)
}

function objectsIn(of: Json, name: string): readonly Json[] {
  const value = of[name] ?? []
  if (!Array.isArray(value)) throw new MalformedTraces(`${name} must be a list`)
  return value.map(item => objectOf(item, `each of ${name}`))
}

function objectOf(value: unknown, name: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && longNumberText(value) === undefined) return value as Json
  throw new MalformedTraces(`${name} must be a JSON object`)
}
