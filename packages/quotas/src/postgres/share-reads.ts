import type { CounterReading } from '../counters/counter-reading.ts'
import type { Stale } from '../counters/command.ts'
import type { CountersQuery } from '../quota-store.ts'

type Answer = readonly CounterReading[] | Stale

/** A read that was not sent yet. */
interface Waiting {
  readonly query: CountersQuery
  readonly answer: PromiseWithResolvers<Answer>
  /** The latest of those who wait for it. */
  nowMs: number
}

/**
 * Reads once for all who want to see the same counters while a read of them is under way: of a hot tenant, every caller
 * does. A read that was sent is never joined: what it shows may be older than the question. A lone caller waits for nobody.
 */
export function shareReads(read: (query: CountersQuery) => Promise<Answer>): (query: CountersQuery) => Promise<Answer> {
  const waiting = new Map<string, Waiting>()
  const reading = new Set<string>()

  async function readAll(key: string): Promise<void> {
    reading.add(key)
    // Calls of the same turn of the event loop go together.
    await Promise.resolve()
    for (let next = waiting.get(key); next !== undefined; next = waiting.get(key)) {
      waiting.delete(key)
      await read({ ...next.query, nowMs: next.nowMs }).then(next.answer.resolve, next.answer.reject)
    }
    reading.delete(key)
  }

  return query => {
    const key = JSON.stringify([query.tenantId, query.revision, ...query.counters.map(counter => counter.key)])
    const known = waiting.get(key)
    if (known !== undefined) {
      known.nowMs = Math.max(known.nowMs, query.nowMs)
      return known.answer.promise
    }
    const answer = Promise.withResolvers<Answer>()
    waiting.set(key, { query, answer, nowMs: query.nowMs })
    if (!reading.has(key)) void readAll(key)
    return answer.promise
  }
}
