import { expect, it } from 'vitest'
import { coalescedLookup } from './coalesced-lookup.ts'

/** A source whose look-ups end when the test says so. */
function heldSource() {
  const calls: { keys: readonly string[]; answer: (found: ReadonlyMap<string, string>) => void; fail: (error: Error) => void }[] = []
  const load = (keys: readonly string[]) =>
    new Promise<ReadonlyMap<string, string>>((answer, fail) => {
      calls.push({ keys, answer, fail })
    })
  return { calls, lookup: coalescedLookup(load) }
}

const settled = () => new Promise(resolve => setImmediate(resolve))

it('looks up the keys of concurrent calls together, each key once', async () => {
  const { calls, lookup } = heldSource()
  const first = lookup('a')
  const others = [lookup('b'), lookup('c'), lookup('b')]
  expect(calls.map(({ keys }) => keys)).toEqual([['a']])
  calls[0]?.answer(new Map([['a', 'A']]))
  expect(await first).toBe('A')
  await settled()
  expect(calls.map(({ keys }) => keys)).toEqual([['a'], ['b', 'c']])
  calls[1]?.answer(new Map([['b', 'B']]))
  expect(await Promise.all(others)).toEqual(['B', undefined, 'B'])
})

it('gives calls with the same key one promise while their look-up has not started', async () => {
  const { calls, lookup } = heldSource()
  const started = lookup('a')
  const [first, second, other] = [lookup('a'), lookup('a'), lookup('b')]
  expect(second).toBe(first)
  expect(first).not.toBe(started)
  expect(other).not.toBe(first)
  for (const round of [0, 1]) {
    calls[round]?.answer(new Map([['a', `A${round}`]]))
    await settled()
  }
  expect(await Promise.all([started, first])).toEqual(['A0', 'A1'])
})

it('never answers from a look-up that started before the call', async () => {
  const { calls, lookup } = heldSource()
  const before = lookup('key')
  const after = lookup('key')
  calls[0]?.answer(new Map([['key', 'valid']]))
  expect(await before).toBe('valid')
  await settled()
  calls[1]?.answer(new Map([['key', 'revoked']]))
  expect(await after).toBe('revoked')
})

it('rejects only the calls of a look-up that fails, and continues', async () => {
  const { calls, lookup } = heldSource()
  const failing = lookup('a')
  const next = lookup('b')
  calls[0]?.fail(new Error('connection lost'))
  await expect(failing).rejects.toThrow('connection lost')
  await settled()
  calls[1]?.answer(new Map([['b', 'B']]))
  expect(await next).toBe('B')
})
