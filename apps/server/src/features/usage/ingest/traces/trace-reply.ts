import { Writer } from 'protobufjs/minimal.js'
import type { ErrorResponse } from '../../../../http/respond.ts'
import type { Reply } from '../way-in.ts'

/** How a request with traces is encoded. The response is encoded the same way. */
export type TraceEncoding = 'protobuf' | 'json'

/** Numbers of the fields of OTLP's responses. */
const FIELDS = { response: { partialSuccess: 1 }, partialSuccess: { rejectedSpans: 1, errorMessage: 2 }, status: { code: 1, message: 2 } } as const
const DELIMITED = 2

/** Codes of gRPC, which OTLP uses in errors, by the status of HTTP. */
const GRPC_CODES: Readonly<Record<number, number>> = { 400: 3, 401: 16, 403: 7, 404: 5, 408: 4, 413: 3, 415: 3, 429: 8, 503: 14 }
const GRPC_UNKNOWN = 2

const TYPES = { protobuf: 'application/x-protobuf', json: 'application/json' } as const

/** Returns the encoding of a request by its content type; undefined for any other type. */
export function traceEncodingOf(contentType: string | undefined): TraceEncoding | undefined {
  const [type = ''] = (contentType ?? '').split(';')
  const name = type.trim().toLowerCase()
  return name === TYPES.protobuf || name === 'application/protobuf' ? 'protobuf' : name === TYPES.json ? 'json' : undefined
}

/** Encodes an `ExportTraceServiceResponse`, with the number of spans that were not recorded and why. */
export function traceReply(encoding: TraceEncoding, { rejectedSpans, errorMessage }: { readonly rejectedSpans: number; readonly errorMessage: string }): Reply {
  const isPartial = rejectedSpans > 0
  if (encoding === 'json') {
    // As protobuf's JSON writes integers of 64 bits: as text.
    const partialSuccess = { rejectedSpans: String(rejectedSpans), errorMessage }
    return { status: 200, type: TYPES.json, body: JSON.stringify(isPartial ? { partialSuccess } : {}) }
  }
  const writer = Writer.create()
  if (isPartial) {
    writer.uint32(tag(FIELDS.response.partialSuccess, DELIMITED)).fork()
    writer.uint32(tag(FIELDS.partialSuccess.rejectedSpans, 0)).int64(rejectedSpans)
    writer.uint32(tag(FIELDS.partialSuccess.errorMessage, DELIMITED)).string(errorMessage)
    writer.ldelim()
  }
  return { status: 200, type: TYPES.protobuf, body: Buffer.from(writer.finish()) }
}

/** Encodes an error as a `Status`, which is what exporters read. */
export function traceError(encoding: TraceEncoding, { status, message }: ErrorResponse): Reply {
  const code = GRPC_CODES[status] ?? GRPC_UNKNOWN
  if (encoding === 'json') return { status, type: TYPES.json, body: JSON.stringify({ code, message }) }
  const writer = Writer.create()
  writer.uint32(tag(FIELDS.status.code, 0)).int32(code)
  writer.uint32(tag(FIELDS.status.message, DELIMITED)).string(message)
  return { status, type: TYPES.protobuf, body: Buffer.from(writer.finish()) }
}

function tag(field: number, type: number): number {
  return (field << 3) | type
}
