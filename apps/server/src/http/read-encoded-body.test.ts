import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createBodyMemory } from './body-memory.ts'
import { readEncodedBody } from './read-encoded-body.ts'

const KIB = 1_024
const read = (body: Buffer, { encoding = 'gzip', maxBytes = 256 * KIB, memory = 1_024 * KIB } = {}) =>
  readEncodedBody(Object.assign(Readable.from([body]), { headers: { 'content-encoding': encoding } }) as unknown as IncomingMessage, {
    maxBytes,
    memory: createBodyMemory({ maxBytes: memory, maxBytesOfOwner: memory }).open('tenant'),
    tooLarge: { status: 413, code: 'PAYLOAD_TOO_LARGE', message: '' },
    onRead: () => {},
  })

describe('readEncodedBody', () => {
  it('decompresses gzip, also in several parts', async () => {
    const text = Buffer.from('usage '.repeat(10_000))
    expect(await read(gzipSync(text))).toEqual(text)
    expect(await read(Buffer.concat([gzipSync('one, '), gzipSync('two')]))).toEqual(Buffer.from('one, two'))
    expect(await read(text, { encoding: 'identity' })).toEqual(text)
  })

  it.each([
    { name: 'more bytes than a body may have', body: gzipSync(Buffer.alloc(257 * KIB)), options: {}, status: 413 },
    { name: 'more bytes than memory is left', body: gzipSync(Buffer.alloc(200 * KIB)), options: { memory: 100 * KIB }, status: 503 },
    { name: 'gzip that is cut off', body: gzipSync('usage').subarray(0, 12), options: {}, status: 400 },
    { name: 'nothing', body: Buffer.alloc(0), options: {}, status: 400 },
    { name: 'another encoding', body: Buffer.from('x'), options: { encoding: 'br' }, status: 415 },
  ])('refuses $name with $status', async ({ body, options, status }) => {
    expect(await read(body, options)).toMatchObject({ status })
  })
})
