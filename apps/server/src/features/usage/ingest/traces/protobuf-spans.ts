import { isUtf8 } from 'node:buffer'
import { Reader } from 'protobufjs/minimal.js'
import { type Attributes, integerOf, isUsedAttribute, MalformedTraces, NOT_TEXT, type Span } from './span.ts'

/** Numbers of the fields of OTLP's messages that are read. Others are skipped. */
const FIELDS = {
  request: { resourceSpans: 1 },
  resourceSpans: { resource: 1, scopeSpans: 2 },
  resource: { attributes: 1 },
  scopeSpans: { spans: 2 },
  span: { traceId: 1, spanId: 2, startTimeUnixNano: 7, endTimeUnixNano: 8, attributes: 9, status: 15 },
  status: { message: 2, code: 3 },
  keyValue: { key: 1, value: 2 },
  anyValue: { string: 1, bool: 2, int: 3, double: 4 },
} as const

const STATUS_ERROR = 2
/** How the values of fields are encoded. */
const [VARINT, FIXED_64, DELIMITED] = [0, 1, 2]

/** Maximum number of messages in a body: spans, attributes and their values. Bounds the time that it takes to read 8 MiB of very small ones. */
const MAX_TRACE_MESSAGES = 500_000

/** How many messages may still be read. */
interface Budget {
  messages: number
}

/**
 * Returns the spans of an `ExportTraceServiceRequest` in protobuf, one after the other, so that a body of many small spans takes
 * no memory for all of them. Reads no nested values, so its depth is that of the messages. Throws `MalformedTraces`.
 */
export function* protobufSpans(body: Buffer): Generator<Span, void, undefined> {
  const budget = { messages: MAX_TRACE_MESSAGES }
  for (const resourceSpans of fieldsOf(body, FIELDS.request.resourceSpans, budget)) {
    // The resource may follow its spans.
    const resource: Record<string, unknown> = {}
    for (const message of fieldsOf(resourceSpans, FIELDS.resourceSpans.resource, budget)) {
      for (const attribute of fieldsOf(message, FIELDS.resource.attributes, budget)) addAttribute(resource, attribute, budget)
    }
    for (const scopeSpans of fieldsOf(resourceSpans, FIELDS.resourceSpans.scopeSpans, budget)) {
      for (const span of fieldsOf(scopeSpans, FIELDS.scopeSpans.spans, budget)) yield readSpan(span, resource, budget)
    }
  }
}

/** Returns the values of a field that holds messages. */
function* fieldsOf(message: Buffer, wanted: number, budget: Budget): Generator<Buffer, void, undefined> {
  const reader = open(message, budget)
  while (reader.pos < reader.len) {
    const value = reading(() => nextValue(reader, wanted))
    if (value !== undefined) yield value
  }
}

/** Reads one field, and returns its value if it is the wanted one. */
function nextValue(reader: Reader, wanted: number): Buffer | undefined {
  const [field, type] = tagOf(reader)
  if (field === wanted && type === DELIMITED) return bytesOf(reader)
  reader.skipType(type, 0, field)
  return undefined
}

function readSpan(message: Buffer, resource: Attributes, budget: Budget): Span {
  const { span } = FIELDS
  let [traceId, spanId, startNanos, endNanos, isError, statusMessage] = ['', '', 0n, 0n, false, '']
  const attributes: Record<string, unknown> = {}
  forEachField(message, budget, (field, type, reader) => {
    if (field === span.traceId && type === DELIMITED) traceId = bytesOf(reader).toString('hex')
    else if (field === span.spanId && type === DELIMITED) spanId = bytesOf(reader).toString('hex')
    else if (field === span.startTimeUnixNano && type === FIXED_64) startNanos = nanosOf(reader)
    else if (field === span.endTimeUnixNano && type === FIXED_64) endNanos = nanosOf(reader)
    else if (field === span.attributes && type === DELIMITED) addAttribute(attributes, bytesOf(reader), budget)
    else if (field === span.status && type === DELIMITED) {
      const status = readStatus(bytesOf(reader), budget)
      isError = status.isError
      statusMessage = status.message
    } else return false
    return true
  })
  return { traceId, spanId, startNanos, endNanos, isError, statusMessage, attributes, resource }
}

function readStatus(message: Buffer, budget: Budget): { readonly isError: boolean; readonly message: string } {
  let [isError, text] = [false, '']
  forEachField(message, budget, (field, type, reader) => {
    if (field === FIELDS.status.code && type === VARINT) isError = reader.int32() === STATUS_ERROR
    else if (field === FIELDS.status.message && type === DELIMITED) text = bytesOf(reader).toString('utf8')
    else return false
    return true
  })
  return { isError, message: text }
}

function addAttribute(attributes: Record<string, unknown>, message: Buffer, budget: Budget): void {
  let key = ''
  let value: Buffer | undefined
  forEachField(message, budget, (field, type, reader) => {
    if (type !== DELIMITED) return false
    if (field === FIELDS.keyValue.key) key = bytesOf(reader).toString('utf8')
    else if (field === FIELDS.keyValue.value) value = bytesOf(reader)
    else return false
    return true
  })
  const read = value === undefined || !isUsedAttribute(key) ? undefined : readValue(value, budget)
  if (read !== undefined) attributes[key] = read
}

/** Returns undefined for a value that is not read, such as a list. */
function readValue(message: Buffer, budget: Budget): unknown {
  const { anyValue } = FIELDS
  let value: unknown
  forEachField(message, budget, (field, type, reader) => {
    if (field === anyValue.string && type === DELIMITED) value = textOf(bytesOf(reader))
    else if (field === anyValue.bool && type === VARINT) value = reader.bool()
    else if (field === anyValue.int && type === VARINT) value = integerOf(int64Of(reader).toString())
    else if (field === anyValue.double && type === FIXED_64) value = reader.double()
    else return false
    return true
  })
  return value
}

/** Calls `read` for each field, and skips those for which it returns false. */
function forEachField(message: Buffer, budget: Budget, read: (field: number, type: number, reader: Reader) => boolean): void {
  const reader = open(message, budget)
  reading(() => {
    while (reader.pos < reader.len) {
      const [field, type] = tagOf(reader)
      if (!read(field, type, reader)) reader.skipType(type, 0, field)
    }
  })
}

function open(message: Buffer, budget: Budget): Reader {
  if (--budget.messages < 0) throw new MalformedTraces(`The body has more than ${MAX_TRACE_MESSAGES} messages; send fewer spans in one request`)
  return Reader.create(message)
}

function tagOf(reader: Reader): [field: number, type: number] {
  const tag = reader.tag()
  return [tag >>> 3, tag & 7]
}

/** Returns the bytes of a field without copying them. */
function bytesOf(reader: Reader): Buffer {
  return reader.bytes() as Buffer
}

/** Reads 64 bits as two halves, because a number does not hold all of them. */
function nanosOf(reader: Reader): bigint {
  const low = reader.fixed32()
  return (BigInt(reader.fixed32()) << 32n) | BigInt(low)
}

function int64Of(reader: Reader): bigint {
  const { low, high } = reader.int64() as { readonly low: number; readonly high: number }
  return (BigInt(high) << 32n) | BigInt(low >>> 0)
}

function textOf(bytes: Buffer): unknown {
  return isUtf8(bytes) ? bytes.toString('utf8') : NOT_TEXT
}

/** Turns errors about the bytes into `MalformedTraces`. */
function reading<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (error instanceof TypeError || error instanceof MalformedTraces) throw error
    throw new MalformedTraces(`The body is not an OTLP request in protobuf: ${(error as Error).message}`)
  }
}
