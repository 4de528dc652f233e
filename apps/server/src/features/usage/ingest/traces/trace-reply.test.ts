import protobuf from 'protobufjs'
import { describe, expect, it } from 'vitest'
import { traceEncodingOf, traceError, traceReply } from './trace-reply.ts'

const { root } = protobuf.parse(`
  syntax = "proto3";
  message Response { PartialSuccess partial_success = 1; }
  message PartialSuccess { int64 rejected_spans = 1; string error_message = 2; }
  message Status { int32 code = 1; string message = 2; }
`)
const decode = (type: string, body: string | Buffer) => {
  const message = root.lookupType(type)
  return message.toObject(message.decode(Buffer.from(body as Buffer)), { longs: String })
}

describe('responses to traces', () => {
  it('say in the encoding of the request how many spans were rejected, and why', () => {
    const partialSuccess = { rejectedSpans: '300', errorMessage: 'no – input' }
    expect(JSON.parse(String(traceReply('json', { rejectedSpans: 300, errorMessage: 'no – input' }).body))).toEqual({ partialSuccess })
    expect(decode('Response', traceReply('protobuf', { rejectedSpans: 300, errorMessage: 'no – input' }).body)).toEqual({ partialSuccess })
  })

  it('are empty if none was rejected', () => {
    expect(traceReply('json', { rejectedSpans: 0, errorMessage: '' }).body).toBe('{}')
    expect(traceReply('protobuf', { rejectedSpans: 0, errorMessage: '' }).body).toHaveLength(0)
  })

  it('to refused requests are a status with a code of gRPC', () => {
    const error = { status: 429, code: 'OVERLOADED', message: 'Later.' }
    expect(JSON.parse(String(traceError('json', error).body))).toEqual({ code: 8, message: 'Later.' })
    expect(decode('Status', traceError('protobuf', error).body)).toEqual({ code: 8, message: 'Later.' })
    expect(traceError('json', { ...error, status: 418 })).toMatchObject({ status: 418, body: '{"code":2,"message":"Later."}' })
  })
})

it.each([
  ['application/x-protobuf', 'protobuf'],
  ['Application/Protobuf', 'protobuf'],
  ['application/json; charset=utf-8', 'json'],
  ['text/json', undefined],
  [undefined, undefined],
])('traceEncodingOf %s is %s', (type, encoding) => {
  expect(traceEncodingOf(type)).toBe(encoding)
})
