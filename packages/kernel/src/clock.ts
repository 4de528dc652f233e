import { Temporal } from '#temporal'

/** The source of the current time. A port, so that tests and billing runs can set it. */
export interface Clock {
  now(): Temporal.Instant
  /** `now().epochMilliseconds` for hot paths, in which creating an instant would cost too much. */
  nowMs?(): number
}

/** The clock of the machine. */
export const systemClock: Clock = { now: () => Temporal.Now.instant(), nowMs: () => Date.now() }

/** A clock that stands still until it is set or advanced. */
export interface SettableClock extends Clock {
  set(instant: Temporal.Instant | string): void
  advance(duration: Temporal.DurationLike): void
}

/** Creates a clock that shows `start`. */
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
