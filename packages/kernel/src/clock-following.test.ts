import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FollowingClock, followingClock } from './clock-following.ts'

const NOON = Date.UTC(2026, 10, 20, 12)
const HOUR = 3_600_000

/** A following clock whose monotonic clock and reference clock are set by the test. The machine's clock plays no part. */
function setUp() {
  let monotonicMs = 5_000
  let referenceMs = NOON
  const clock = followingClock({ monotonicMs: () => monotonicMs, startMs: NOON + 2 * HOUR })
  return {
    clock,
    pass(ms: number, { drift = 0 } = {}) {
      monotonicMs += ms
      referenceMs += ms * (1 + drift)
    },
    jump: (ms: number) => void (referenceMs += ms),
    suspend: (ms: number) => void (referenceMs += ms),
    reference: () => referenceMs,
    /** Reads the reference clock. The request and the response take the given times. */
    read(requestMs = 0, responseMs = requestMs) {
      const requestedAtMs = monotonicMs
      this.pass(requestMs)
      const epochMs = referenceMs
      this.pass(responseMs)
      return clock.observe({ epochMs, requestedAtMs, receivedAtMs: monotonicMs })
    },
  }
}

describe('a following clock', () => {
  it('shows the time of the reference clock from the first reading on, and does not count that as a jump', () => {
    const time = setUp()
    expect(time.clock.nowMs()).toBe(NOON + 2 * HOUR)
    expect(time.read()).toBe(0)
    expect(time.clock.nowMs()).toBe(NOON)
    expect(time.clock.now().epochMilliseconds).toBe(NOON)
  })

  it('goes on with the monotonic clock between readings', () => {
    const time = setUp()
    time.read()
    time.pass(90_000)
    expect(time.clock.nowMs()).toBe(NOON + 90_000)
  })

  it('is off by at most half the response time', () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.nat(5_000), (requestMs, responseMs) => {
        const time = setUp()
        time.read(requestMs, responseMs)
        expect(Math.abs(time.clock.nowMs() - time.reference())).toBeLessThanOrEqual((requestMs + responseMs) / 2 + 1)
      }),
    )
  })

  it('does not follow a slow reading that agrees with an exact one', () => {
    const time = setUp()
    time.read(1)
    expect(time.read(0, 20_000)).toBe(0)
    expect(time.clock.nowMs()).toBe(time.reference())
  })

  it('stays within two milliseconds of a reference clock that runs faster or slower', () => {
    for (const drift of [0.0005, -0.0005]) {
      const time = setUp()
      time.read(1)
      for (let i = 0; i < 1_000; i++) {
        time.pass(2_000, { drift })
        expect(time.read(i % 7 === 0 ? 300 : 1)).toBe(0)
      }
      expect(Math.abs(time.clock.nowMs() - time.reference())).toBeLessThanOrEqual(2)
    }
  })

  it('follows a jump forward at once, and after a suspension of its machine', () => {
    const time = setUp()
    time.read(1)
    time.jump(HOUR)
    expect(time.read(1)).toBe(HOUR)
    expect(time.clock.nowMs()).toBe(time.reference())
    time.suspend(8 * HOUR)
    expect(time.read(1)).toBe(8 * HOUR)
    expect(time.clock.nowMs()).toBe(time.reference())
  })

  it('stands still while the reference clock repeats up to a minute', () => {
    const time = setUp()
    time.read(1)
    const shown = time.clock.nowMs()
    time.jump(-30_000)
    expect(time.read(1)).toBe(-30_000)
    expect(time.clock.nowMs()).toBe(shown)
    time.pass(29_000)
    expect(time.clock.nowMs()).toBe(shown)
    time.pass(2_000)
    expect(time.clock.nowMs()).toBe(time.reference())
  })

  it('goes back with the reference clock when it goes back by more than a minute', () => {
    const time = setUp()
    time.read(1)
    time.clock.nowMs()
    time.jump(-HOUR)
    expect(time.read(1)).toBe(-HOUR)
    expect(time.clock.nowMs()).toBe(time.reference())
  })

  it('never goes back while the reference clock only runs and jumps forward', () => {
    const steps = fc.array(fc.record({ passMs: fc.nat(5_000), requestMs: fc.nat(200), responseMs: fc.nat(200), jumpMs: fc.constantFrom(0, 0, 0, 500, HOUR) }))
    fc.assert(
      fc.property(steps, all => {
        const time = setUp()
        time.read()
        let shown = time.clock.nowMs()
        for (const { passMs, requestMs, responseMs, jumpMs } of all) {
          time.pass(passMs)
          time.jump(jumpMs)
          time.read(requestMs, responseMs)
          expect(time.clock.nowMs()).toBeGreaterThanOrEqual(shown)
          shown = time.clock.nowMs()
        }
      }),
    )
  })

  it('lets two processes with different monotonic clocks agree to within their response times', () => {
    const referenceMs = NOON
    const follow = (monotonicMs: number, responseMs: number): FollowingClock => {
      const clock = followingClock({ monotonicMs: () => monotonicMs, startMs: 0 })
      clock.observe({ epochMs: referenceMs, requestedAtMs: monotonicMs - responseMs, receivedAtMs: monotonicMs })
      return clock
    }
    expect(Math.abs(follow(1_000, 2).nowMs() - follow(9_999_999, 4).nowMs())).toBeLessThanOrEqual(3)
  })
})
