import fc from 'fast-check'
import protobuf from 'protobufjs'
import { describe, expect, it } from 'vitest'
import { jsonSpans } from './json-spans.ts'
import { protobufSpans } from './protobuf-spans.ts'
import { MalformedTraces, NOT_TEXT } from './span.ts'

/** What the tests encode of OTLP, with a field that no version has. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Request { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; string schema_url = 3; }
  message Resource { repeated KeyValue attributes = 1; uint32 dropped_attributes_count = 2; }
  message ScopeSpans { repeated Span spans = 2; string schema_url = 3; }
  message Span { bytes trace_id = 1; bytes span_id = 2; string name = 5; int32 kind = 6; fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8;
                 repeated KeyValue attributes = 9; Status status = 15; fixed32 flags = 16; KeyValue unknown = 99; }
  message Status { string message = 2; int32 code = 3; }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message AnyValue { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; ArrayValue array_value = 5; bytes bytes_value = 7; } }
  message ArrayValue { repeated AnyValue values = 1; }
`)
const Request = root.lookupType('Request')
const encode = (request: object) => Buffer.from(Request.encode(Request.fromObject(request)).finish())
const fromProtobuf = (body: Buffer) => [...protobufSpans(body)]
const fromJson = (request: unknown) => [...jsonSpans(Buffer.from(typeof request === 'string' ? request : JSON.stringify(request)))]

const ids = { traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174' }
const inBytes = ({ traceId, spanId }: typeof ids) => ({ traceId: Buffer.from(traceId, 'hex'), spanId: Buffer.from(spanId, 'hex') })
const requestOf = (span: object, resource: object = {}) => ({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] })

const value = fc.oneof(
  fc.string({ unit: 'grapheme' }).map(stringValue => ({ stringValue })),
  fc.boolean().map(boolValue => ({ boolValue })),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(integer => ({ intValue: integer.toString() })),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(doubleValue => ({ doubleValue: doubleValue === 0 ? 0 : doubleValue })),
  fc.constant({ arrayValue: { values: [{ stringValue: 'stop' }] } }),
)
const attributes = fc.array(fc.record({ key: fc.constantFrom('gen_ai.usage.input_tokens', 'user.id', 'db.statement', 'ai.usage.tokens'), value }), {
  maxLength: 5,
})
const nanos = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String)

describe('spans', () => {
  it('are the same in protobuf and in JSON', () => {
    const some = fc.record({
      startTimeUnixNano: nanos,
      endTimeUnixNano: nanos,
      attributes,
      status: fc.record({ code: fc.nat({ max: 2 }), message: fc.string() }),
    })
    fc.assert(
      fc.property(some, attributes, (span, ofResource) => {
        const more = { name: 'chat', kind: 3, flags: 1, ...span }
        const json = fromJson(requestOf({ ...ids, ...more, links: [], droppedAttributesCount: 0 }, { attributes: ofResource }))
        const binary = fromProtobuf(
          encode(requestOf({ ...inBytes(ids), ...more, unknown: { key: 'x' } }, { attributes: ofResource, droppedAttributesCount: 1 })),
        )
        expect(binary).toEqual(json)
        expect(json).toMatchObject([
          { ...ids, startNanos: BigInt(span.startTimeUnixNano), isError: span.status.code === 2, statusMessage: span.status.message },
        ])
      }),
      { numRuns: 200 },
    )
  })

  it('have the resource that follows them', () => {
    const resource = encode({ resourceSpans: [{ resource: { attributes: [{ key: 'service.name', value: { stringValue: 'api' } }] } }] }).subarray(2)
    const spans = encode({ resourceSpans: [{ scopeSpans: [{ spans: [inBytes(ids)] }] }] }).subarray(2)
    const inner = Buffer.concat([spans, resource])
    expect(fromProtobuf(Buffer.concat([Buffer.from([0x0a, inner.length]), inner]))).toMatchObject([{ ...ids, resource: { 'service.name': 'api' } }])
  })

  it('keep counts that a number cannot hold as text, and mark text that is not UTF-8', () => {
    const request = requestOf({ ...inBytes(ids), attributes: [{ key: 'gen_ai.usage.input_tokens', value: { intValue: '9007199254740993' } }] })
    expect(fromProtobuf(encode(request))[0]?.attributes).toEqual({ 'gen_ai.usage.input_tokens': '9007199254740993' })
    const text = encode(requestOf({ attributes: [{ key: 'user.id', value: { stringValue: 'x?x' } }] }))
    text[text.indexOf('?')] = 0xff
    expect(fromProtobuf(text)[0]?.attributes).toEqual({ 'user.id': NOT_TEXT })
  })

  it('of JSON have ids in any case, and integers as numbers', () => {
    const span = {
      traceId: ids.traceId.toUpperCase(),
      spanId: ids.spanId.toUpperCase(),
      startTimeUnixNano: 7,
      attributes: [{ key: 'user.id', value: { intValue: 42 } }],
    }
    expect(fromJson(requestOf(span))).toMatchObject([{ ...ids, startNanos: 7n, attributes: { 'user.id': 42 } }])
    expect(fromJson('{"resourceSpans":[{"scopeSpans":[{"spans":[{"endTimeUnixNano":1795000001250000001}]}]}]}')).toMatchObject([
      { endNanos: 1_795_000_001_250_000_001n },
    ])
    expect(fromJson({})).toEqual([])
    expect(fromJson({ resourceSpans: null })).toEqual([])
  })

  it.each<[string, unknown]>([
    ['resourceSpans', { resourceSpans: {} }],
    ['resource', { resourceSpans: [{ resource: 1 }] }],
    ['traceId', requestOf({ traceId: 7 })],
    ['startTimeUnixNano', requestOf({ startTimeUnixNano: '1.5' })],
    ['endTimeUnixNano', requestOf({ endTimeUnixNano: (2n ** 64n).toString() })],
    ['attributes', requestOf({ attributes: { a: 1 } })],
    ['key', requestOf({ attributes: [{ key: 1 }] })],
    ['value', requestOf({ attributes: [{ key: 'user.id', value: 'u1' }] })],
    ['intValue', requestOf({ attributes: [{ key: 'user.id', value: { intValue: 'many' } }] })],
    ['The body', '7'],
    ['The body', '9007199254740993'],
  ])('of JSON with a wrong %s are refused', (name, request) => {
    expect(() => fromJson(request)).toThrow(MalformedTraces)
    expect(() => fromJson(request)).toThrow(name)
  })

  it('of 8 MiB of empty messages are refused before all of them are read', () => {
    const empty = Buffer.alloc(8 * 1024 * 1024, Buffer.from([0x0a, 0x00]))
    expect(() => fromProtobuf(empty)).toThrow('more than 500000 messages')
  })

  it('of any bytes are read, or refused as malformed', () => {
    const whole = encode(requestOf({ ...inBytes(ids), attributes: [{ key: 'user.id', value: { stringValue: 'u1' } }] }))
    const damaged = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 0, max: 255 }), fc.nat({ max: whole.length })).map(([at, byte, length]) => {
      const copy = Buffer.from(whole)
      copy[at] = byte
      return copy.subarray(0, length)
    })
    const any = fc.uint8Array({ maxLength: 60 }).map(bytes => Buffer.from(bytes))
    fc.assert(
      fc.property(fc.oneof(damaged, any), body => {
        for (const read of [protobufSpans, jsonSpans]) {
          try {
            expect(Array.isArray([...read(body)])).toBe(true)
          } catch (error) {
            expect(error).toBeInstanceOf(MalformedTraces)
          }
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
