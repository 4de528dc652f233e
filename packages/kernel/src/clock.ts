import { Temporal } from 'temporal-polyfill'

/** Where "now" comes from. A port, so that tests and billing runs can set it. */
export interface Clock {
  now(): Temporal.Instant
  /** `now().epochMilliseconds`, for hot paths, where making an Instant costs more than the rest. */
  nowMs?(): number
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => Temporal.Now.instant(), nowMs: () => Date.now() }

/** A clock that stands still until it is told otherwise. */
export interface SettableClock extends Clock {
  set(instant: Temporal.Instant | string): void
  advance(duration: Temporal.DurationLike): void
}

/** Makes a clock that shows `start` until it is set or advanced. */
export function settableClock(start: Temporal.Instant | string): SettableClock {
  let instant = Temporal.Instant.from(start)
  return {
    now: () => instant,
    set: to => {
      instant = Temporal.Instant.from(to)
    },
    advance: duration => {
      instant = instant.add(duration)
    },
  }
}
