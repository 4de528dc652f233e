import { expect, it, vi } from 'vitest'
import { demandStream, type DemandStream } from './demand-stream.ts'
import { mergeStreams } from './merge-streams.ts'

/** A stream that a test fills, and what was taken from it. */
function filled<Item>(...items: Item[]): DemandStream<Item> & { add(item: Item): void; readonly taken: Item[]; readonly onEnd: () => void } {
  const taken: Item[] = []
  const onEnd = vi.fn()
  const stream = demandStream<Item>({
    take() {
      const item = items.shift()
      if (item !== undefined) taken.push(item)
      return item
    },
    onEnd,
  })
  return Object.assign(stream, {
    taken,
    onEnd,
    add(item: Item) {
      items.push(item)
      stream.wake()
    },
  })
}

const merge = (...streams: DemandStream<string>[]) => mergeStreams(new Map(streams.map((stream, at) => [at, stream])), item => item)

it('passes on the items of every stream, each stream in its order, and those that come later', async () => {
  const [letters, numbers] = [filled('a', 'b'), filled('1')]
  const merged = merge(letters, numbers)
  const got: string[] = []
  for (let count = 0; count < 3; count++) got.push((await merged.next()).value ?? '')
  expect(got.toSorted()).toEqual(['1', 'a', 'b'])
  expect(got.indexOf('a')).toBeLessThan(got.indexOf('b'))
  const next = merged.next()
  numbers.add('2')
  expect(await next).toEqual({ done: false, value: '2' })
  letters.add('c')
  expect(await merged.next()).toEqual({ done: false, value: 'c' })
})

it('fetches one item of each stream ahead, and no more while nobody asks', async () => {
  const [letters, numbers] = [filled('a', 'b', 'c'), filled('1', '2', '3')]
  const merged = merge(letters, numbers)
  await merged.next()
  await new Promise(setImmediate)
  expect([letters.taken.join(''), numbers.taken.join('')]).toEqual(['ab', '1'])
})

it('ends all streams when its consumer leaves', async () => {
  const streams = [filled('a'), filled<string>()]
  const merged = merge(...streams)
  await merged.return(undefined)
  for (const { onEnd } of streams) expect(onEnd).toHaveBeenCalledOnce()
  expect(await merged.next()).toEqual({ done: true, value: undefined })
})

it('ends with the failure of a stream, and ends the others', async () => {
  const [good, bad] = [filled<string>(), filled<string>()]
  const merged = merge(good, bad)
  const next = merged.next()
  bad.end(new Error('lost'))
  await expect(next).rejects.toThrow('lost')
  expect(good.onEnd).toHaveBeenCalledOnce()
})
