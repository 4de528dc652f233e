import type { ClientBase } from 'pg'
import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { holdWrites, sendHeld } from './hold-writes.ts'

/** A client, and the sizes of what reached its socket, by system call. */
function connected() {
  const sent: number[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      sent.push(chunk.length)
      done()
    },
    writev(chunks, done) {
      sent.push(chunks.reduce((sum, { chunk }) => sum + (chunk as Buffer).length, 0))
      done()
    },
  })
  return { client: { connection: { stream } } as unknown as ClientBase, stream, sent }
}

const tick = () => new Promise<void>(resolve => process.nextTick(resolve))

it('sends what the running code writes in one call, when that code ends', async () => {
  const { client, stream, sent } = connected()
  holdWrites(client)
  stream.write('begin')
  await Promise.resolve()
  holdWrites(client)
  stream.write('insert')
  expect(sent).toEqual([])
  await tick()
  expect(sent).toEqual(['begininsert'.length])
  stream.write('commit')
  expect(sent).toEqual([11, 6])
})

it('sends at once what is wanted now, and what is large', async () => {
  const { client, stream, sent } = connected()
  holdWrites(client)
  stream.write('claim')
  sendHeld(client, { isNow: false })
  expect(sent).toEqual([])
  sendHeld(client, { isNow: true })
  expect(sent).toEqual([5])
  holdWrites(client)
  stream.write('x'.repeat(100_000))
  sendHeld(client, { isNow: false })
  expect(sent).toEqual([5, 100_000])
  await tick()
})
