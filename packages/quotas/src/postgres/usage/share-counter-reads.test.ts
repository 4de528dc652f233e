import { Decimal } from '@tollgate/kernel'
import { beforeEach, expect, it } from 'vitest'
import type { Counter } from '../../model/counters/counter.ts'
import type { CounterReading } from '../../model/counters/counter-reading.ts'
import type { CountersQuery } from '../../counter-store.ts'
import { shareCounterReads } from './share-counter-reads.ts'

/** A read that was sent. The test answers it. */
interface Sent extends PromiseWithResolvers<readonly CounterReading[]> {
  readonly query: CountersQuery
}

let sent: Sent[]
let read: ReturnType<typeof shareCounterReads>
beforeEach(() => {
  sent = []
  read = shareCounterReads(query => {
    const answer = { ...Promise.withResolvers<readonly CounterReading[]>(), query }
    sent.push(answer)
    return answer.promise
  })
})

const asked = (key: string, nowMs = 0): CountersQuery => ({ tenantId: 't', revision: '1', nowMs, counters: [{ key } as Counter] })
const shows = (used: string): readonly CounterReading[] => [{ used: new Decimal(used), reserved: new Decimal(0), steps: [] as never }]
const turn = () => new Promise(done => setImmediate(done))

it('reads once for all calls of the same turn, with the latest of their times', async () => {
  const answers = [read(asked('a', 5)), read(asked('a', 7)), read(asked('a', 6))]
  await turn()
  expect(sent.map(({ query }) => query.nowMs)).toEqual([7])
  sent[0]?.resolve(shows('1'))
  expect(await Promise.all(answers)).toEqual([shows('1'), shows('1'), shows('1')])
})

it('never lets a call join a read that was sent before it', async () => {
  const first = read(asked('a'))
  await turn()
  const later = [read(asked('a')), read(asked('a'))]
  await turn()
  expect(sent).toHaveLength(1)
  sent[0]?.resolve(shows('1'))
  expect(await first).toEqual(shows('1'))
  await turn()
  expect(sent).toHaveLength(2)
  sent[1]?.resolve(shows('2'))
  expect(await Promise.all(later)).toEqual([shows('2'), shows('2')])
  void read(asked('a'))
  await turn()
  expect(sent).toHaveLength(3)
})

it('reads other counters, tenants and revisions separately', async () => {
  for (const other of [asked('a'), asked('b'), { ...asked('a'), tenantId: 'u' }, { ...asked('a'), revision: '2' }]) void read(other)
  await turn()
  expect(sent).toHaveLength(4)
})

it('rejects only the calls of a read that fails, and continues', async () => {
  const first = read(asked('a'))
  await turn()
  const second = read(asked('a'))
  sent[0]?.reject(new Error('away'))
  await expect(first).rejects.toThrow('away')
  await turn()
  sent[1]?.resolve(shows('2'))
  expect(await second).toEqual(shows('2'))
})
