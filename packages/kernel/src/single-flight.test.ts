import { beforeEach, describe, expect, it } from 'vitest'
import { singleFlight, singleFlightByKey } from './single-flight.ts'

/** A run that ends when the test says so. */
interface Run {
  readonly requests: readonly string[]
  end: () => void
  fail: () => void
}

let runs: Run[]
beforeEach(() => {
  runs = []
})

/** Work whose result is the number of the run. */
function work(requests: readonly string[]): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const run = runs.push({ requests, end: () => resolve(run), fail: () => reject(new Error(`run ${run}`)) })
  return promise
}

const requestsOfRuns = () => runs.map(({ requests }) => requests)
const settle = () => new Promise(resolve => setImmediate(resolve))

describe('singleFlight', () => {
  it('shares the next run between the calls that arrive during a run, never the active one', async () => {
    const share = singleFlight(work)
    const first = share('a')
    const later = [share('b'), share('c'), share('b')]
    expect(requestsOfRuns()).toEqual([['a']])
    runs[0]?.end()
    await settle()
    expect(requestsOfRuns()).toEqual([['a'], ['b', 'c', 'b']])
    runs[1]?.end()
    expect(await Promise.all([first, ...later])).toEqual([1, 2, 2, 2])
  })

  it('starts at once when no run is active', async () => {
    const share = singleFlight(work)
    const first = share('a')
    runs[0]?.end()
    await first
    const second = share('b')
    expect(runs).toHaveLength(2)
    runs[1]?.end()
    expect(await second).toBe(2)
  })

  it('rejects only the calls of a run that fails, and continues', async () => {
    const share = singleFlight(work)
    const first = share('a')
    const later = share('b')
    runs[0]?.fail()
    await expect(first).rejects.toThrow('run 1')
    await settle()
    runs[1]?.end()
    expect(await later).toBe(2)
    const last = share('c')
    runs[2]?.end()
    expect(await last).toBe(3)
  })

  it('continues after work that throws before it returns a promise', async () => {
    const share = singleFlight<string, number>(requests => {
      if (requests.includes('bad')) throw new Error('bad request')
      return work(requests)
    })
    await expect(share('bad')).rejects.toThrow('bad request')
    const next = share('a')
    runs[0]?.end()
    expect(await next).toBe(1)
  })

  it('needs no request when the work takes none', async () => {
    let count = 0
    const share = singleFlight(async () => (count += 1))
    expect(await Promise.all([share(), share(), share()])).toEqual([1, 2, 2])
  })

  it('shares the first run between all calls of a turn with joinTurn', async () => {
    const share = singleFlight(work, { joinTurn: true })
    const calls = [share('a'), share('b')]
    expect(runs).toEqual([])
    await settle()
    expect(requestsOfRuns()).toEqual([['a', 'b']])
    runs[0]?.end()
    expect(await Promise.all(calls)).toEqual([1, 1])
  })

  it('shares each run between the calls that arrive until startAfter resolves', async () => {
    const starts: (() => void)[] = []
    const share = singleFlight(work, { startAfter: () => new Promise<void>(start => starts.push(start)) })
    const calls = [share('a')]
    await settle()
    calls.push(share('b'))
    expect(runs).toEqual([])
    starts[0]?.()
    await settle()
    calls.push(share('c'))
    runs[0]?.end()
    await settle()
    calls.push(share('d'))
    expect(requestsOfRuns()).toEqual([['a', 'b']])
    starts[1]?.()
    await settle()
    expect(requestsOfRuns()).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
    runs[1]?.end()
    expect(await Promise.all(calls)).toEqual([1, 1, 2, 2])
  })
})

describe('singleFlightByKey', () => {
  it('runs different keys side by side', async () => {
    const share = singleFlightByKey((request: string) => request[0] ?? '', work)
    const calls = [share('a1'), share('b1'), share('a2')]
    expect(requestsOfRuns()).toEqual([['a1'], ['b1']])
    runs[0]?.end()
    await settle()
    expect(requestsOfRuns()).toEqual([['a1'], ['b1'], ['a2']])
    runs[1]?.end()
    runs[2]?.end()
    expect(await Promise.all(calls)).toEqual([1, 2, 3])
  })

  it('starts a key again after it was idle', async () => {
    const share = singleFlightByKey((request: string) => request, work)
    const first = share('a')
    runs[0]?.fail()
    await expect(first).rejects.toThrow('run 1')
    const second = share('a')
    runs[1]?.end()
    expect(await second).toBe(2)
  })
})
