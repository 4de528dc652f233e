import type { RatedEvent } from '@tollgate/usage'
import { expect, it, vi } from 'vitest'
import { combineObservers } from './tollgate-observer.ts'

it('calls every observer that has the method, in order', () => {
  const calls: string[] = []
  const note = (name: string) => vi.fn(() => void calls.push(name))
  const one = { usageTracked: note('one'), commitStarted: note('one'), batchCommitted: note('one') }
  const two = { usageOverloaded: note('two'), batchCommitted: note('two'), commitFailed: note('two'), quotaDecided: note('two') }
  const combined = combineObservers(one, two)
  const batch: RatedEvent[] = []
  combined.usageTracked([])
  combined.usageOverloaded()
  combined.commitStarted(batch)
  combined.batchCommitted(batch, [])
  combined.commitFailed(batch)
  combined.quotaDecided({ allowed: true, degraded: false, results: [] })
  expect(calls).toEqual(['one', 'two', 'one', 'one', 'two', 'two', 'two'])
  expect(two.batchCommitted).toHaveBeenCalledExactlyOnceWith(batch, [])
})
