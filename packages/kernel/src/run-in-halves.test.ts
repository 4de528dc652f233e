import { beforeEach, describe, expect, it } from 'vitest'
import { DomainError } from './errors.ts'
import { runInHalves } from './run-in-halves.ts'

class Unavailable extends DomainError<'STORE_UNAVAILABLE'> {}
class Busy extends DomainError<'OVERLOADED'> {}

let groups: (readonly number[])[]
let succeeded: number[]
let failed: [number, string][]

beforeEach(() => {
  groups = []
  succeeded = []
  failed = []
})

/** Fails each group that contains an item of `failing`, with that error. */
function runAll(items: readonly number[], failing: ReadonlyMap<number, Error>): Promise<void> {
  return runInHalves(items, {
    async run(group) {
      groups.push(group)
      const error = group.map(item => failing.get(item)).find(found => found !== undefined)
      if (error !== undefined) throw error
      return group.length
    },
    onSuccess: (group, size) => {
      expect(size).toBe(group.length)
      succeeded.push(...group)
    },
    onFailure: (group, error) => failed.push(...group.map((item): [number, string] => [item, (error as Error).message])),
  })
}

describe('runInHalves', () => {
  it('runs all items as one group', async () => {
    await runAll([1, 2, 3], new Map())
    expect({ groups, succeeded, failed }).toEqual({ groups: [[1, 2, 3]], succeeded: [1, 2, 3], failed: [] })
  })

  it('isolates each item that fails, and runs all others in their order', async () => {
    await runAll(
      [1, 2, 3, 4, 5, 6, 7],
      new Map([
        [2, new Error('two')],
        [7, new Error('seven')],
      ]),
    )
    expect(failed).toEqual([
      [2, 'two'],
      [7, 'seven'],
    ])
    expect(succeeded).toEqual([1, 3, 4, 5, 6])
  })

  it('fails all items that are left when the store is busy', async () => {
    await runAll([1, 2, 3, 4], new Map<number, Error>([[4, new Busy('OVERLOADED', 'busy')]]))
    expect(groups).toEqual([[1, 2, 3, 4]])
    expect(failed.map(([item]) => item)).toEqual([1, 2, 3, 4])
  })

  it('fails all items that are left when the store is unavailable', async () => {
    await runAll(
      [1, 2, 3, 4],
      new Map<number, Error>([
        [1, new Error('one')],
        [3, new Unavailable('STORE_UNAVAILABLE', 'away')],
      ]),
    )
    expect(groups).toEqual([[1, 2, 3, 4], [1, 2], [1], [2], [3, 4]])
    expect(succeeded).toEqual([2])
    expect(failed).toEqual([
      [1, 'one'],
      [3, 'away'],
      [4, 'away'],
    ])
  })
})
