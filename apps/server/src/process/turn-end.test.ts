import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createTurnEnd } from './turn-end.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate'] }))
afterEach(() => void vi.useRealTimers())

/** An event loop of which the test says how busy it was. */
function start() {
  const loop = { utilization: 0, nowMs: 0 }
  const read = () => ({ idle: 0, active: 0, utilization: loop.utilization })
  return { loop, turnEnd: createTurnEnd({ nowMs: () => loop.nowMs, utilization: read }) }
}

/** Returns the milliseconds after which a wait ends. */
async function waited(turnEnd: () => Promise<void>): Promise<number> {
  const ended = vi.fn<() => void>()
  void turnEnd().then(ended)
  for (let ms = 0; ms <= 5; ms++) {
    await vi.advanceTimersByTimeAsync(ms === 0 ? 0 : 1)
    if (ended.mock.calls.length > 0) return ms
  }
  throw new Error('The wait did not end.')
}

it('waits for the end of the turn only, unless the process has been busy lately', async () => {
  const { loop, turnEnd } = start()
  expect(await waited(turnEnd)).toBe(0)
  Object.assign(loop, { nowMs: 60, utilization: 0.95 })
  expect(await waited(turnEnd)).toBe(1)
  Object.assign(loop, { nowMs: 80, utilization: 0.2 })
  expect(await waited(turnEnd)).toBe(1)
  loop.nowMs = 120
  expect(await waited(turnEnd)).toBe(0)
})
