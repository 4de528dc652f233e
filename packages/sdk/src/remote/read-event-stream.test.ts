import { afterEach, describe, expect, it, vi } from 'vitest'
import { readEventStream } from './read-event-stream.ts'

afterEach(() => {
  vi.useRealTimers()
})

function streamOf(chunks: readonly string[], { ends = true } = {}): { stream: ReadableStream<Uint8Array>; isCancelled: () => boolean } {
  let cancelled = false
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk))
      if (ends) controller.close()
    },
    cancel() {
      cancelled = true
    },
  })
  return { stream, isCancelled: () => cancelled }
}

async function read(chunks: readonly string[]): Promise<unknown[]> {
  const results: unknown[] = []
  for await (const result of readEventStream(streamOf(chunks).stream)) results.push(result)
  return results
}

describe('an event stream', () => {
  it('can be cut into chunks anywhere, also inside a character', async () => {
    const text = ':\n\nevent: next\ndata: {"data":{"a":"ä"}}\n\nevent: next\r\ndata: {"data":{"a":2}}\r\n\r\n'
    const bytes = new TextEncoder().encode(text)
    for (let at = 1; at < bytes.length; at++) {
      const parts = [bytes.slice(0, at), bytes.slice(at)]
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const part of parts) controller.enqueue(part)
          controller.close()
        },
      })
      const results: unknown[] = []
      for await (const result of readEventStream(stream)) results.push(result)
      expect(results).toEqual([{ data: { a: 'ä' } }, { data: { a: 2 } }])
    }
  })
  it('ends when the server completes it', async () => {
    expect(await read(['event: next\ndata: {"data":1}\n\n', 'event: complete\ndata:\n\n', 'event: next\ndata: {"data":2}\n\n'])).toEqual([{ data: 1 }])
  })
  it('is given up after a silence that is longer than the pauses between comments of the server', async () => {
    vi.useFakeTimers()
    const { stream, isCancelled } = streamOf([':\n\n'], { ends: false })
    const failed = expect(readEventStream(stream).next()).rejects.toMatchObject({ code: 'UNAVAILABLE', message: 'The subscription was silent for 40 seconds.' })
    await vi.advanceTimersByTimeAsync(40_000)
    await failed
    expect(isCancelled()).toBe(true)
  })
})
