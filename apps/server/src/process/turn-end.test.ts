import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createTurnEnd } from './turn-end.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setImmediate'] }))
afterEach(() => void vi.useRealTimers())

/** Returns the turns of the event loop after which a wait ends, if they take so long. */
async function turnsOf(...turnsMs: readonly number[]): Promise<number> {
  let nowMs = 0
  const ended = vi.fn<() => void>()
  void createTurnEnd(() => nowMs)().then(ended)
  for (const [i, turnMs] of turnsMs.entries()) {
    nowMs += turnMs
    await vi.advanceTimersToNextTimerAsync()
    if (ended.mock.calls.length > 0) return i + 1
  }
  throw new Error('The wait did not end.')
}

it('ends with the first turn that has nothing to do', async () => {
  expect(await turnsOf(0.01, 0.01)).toBe(1)
  expect(await turnsOf(0.2, 0.3, 0.01, 0.01)).toBe(3)
})

it('ends after two milliseconds of turns that work', async () => {
  expect(await turnsOf(0.8, 0.8, 0.8, 0.8)).toBe(3)
  expect(await turnsOf(5, 5)).toBe(1)
})
