import { Temporal } from '#temporal'
import type { Clock } from './clock.ts'

/** A reading of a reference clock, and when it was requested and received on the monotonic clock of this process. */
export interface ClockReading {
  /** What the reference clock showed, in milliseconds since 1970. May have a fraction. */
  readonly epochMs: number
  readonly requestedAtMs: number
  readonly receivedAtMs: number
}

/** A clock that follows a reference clock. Processes that follow the same one share its time, whatever their machines' clocks show. */
export interface FollowingClock extends Clock {
  nowMs(): number
  /**
   * Adjusts the clock to a reading. Returns the milliseconds by which the reference clock jumped: 0 unless the reading
   * contradicts the earlier ones.
   */
  observe(reading: ClockReading): number
}

/** Options of a following clock. */
export interface FollowingClockOptions {
  /** A clock in milliseconds that never jumps, such as `performance.now`. */
  readonly monotonicMs: () => number
  /** What the clock shows until the first reading, in milliseconds since 1970. */
  readonly startMs: number
}

/** Two clocks that run without jumps drift apart by at most this part of the time: NTP corrects by up to 0.0005. */
const MAX_DRIFT = 0.001
/** A smaller disagreement is not a jump, whatever the response time. */
const MIN_JUMP_MS = 1
/** When the reference clock goes back by at most this much, the clock stands still until the time is reached again. */
const MAX_HELD_MS = 60_000

/**
 * Creates a clock that follows a reference clock. Between readings it goes on with the monotonic clock, so jumps of the
 * machine's clock do not matter. A reading is exact to half its response time; the most exact one is used until its possible
 * drift exceeds the error of another. A reading that contradicts it means that the reference clock jumped, or that this
 * machine was suspended. It is followed at once, with one exception: the clock does not go back by a minute or less, but
 * stands still. After a larger step back it agrees with the other processes again, which matters more.
 */
export function followingClock({ monotonicMs, startMs }: FollowingClockOptions): FollowingClock {
  let measuredAtMs = monotonicMs()
  let offsetMs = startMs - measuredAtMs
  let errorMs = Infinity
  /** The latest time that was shown. */
  let shownMs = -Infinity

  const nowMs = () => {
    const timeMs = monotonicMs() + offsetMs
    if (timeMs > shownMs) shownMs = timeMs
    return shownMs
  }
  return {
    now: () => new Temporal.Instant(BigInt(Math.floor(nowMs() * 1_000)) * 1_000n),
    nowMs: () => Math.floor(nowMs()),
    observe({ epochMs, requestedAtMs, receivedAtMs }) {
      const readErrorMs = (receivedAtMs - requestedAtMs) / 2
      const readOffsetMs = epochMs - (requestedAtMs + receivedAtMs) / 2
      const knownErrorMs = errorMs + MAX_DRIFT * (receivedAtMs - measuredAtMs)
      const changeMs = readOffsetMs - offsetMs
      const isJump = Math.abs(changeMs) > Math.max(knownErrorMs + readErrorMs, MIN_JUMP_MS)
      if (!isJump && readErrorMs > knownErrorMs) return 0
      const isFirst = errorMs === Infinity
      offsetMs = readOffsetMs
      errorMs = readErrorMs
      measuredAtMs = receivedAtMs
      if (isFirst || shownMs - (monotonicMs() + offsetMs) > MAX_HELD_MS) shownMs = -Infinity
      return isJump ? changeMs : 0
    },
  }
}
