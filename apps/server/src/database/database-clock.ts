import { type Clock, type ClockReading, DomainError, followingClock } from '@tollgate/kernel'
import type { Log } from '../observability/log.ts'

/** The database's clock, which all servers share, and how far this machine's clock is from it. */
export interface DatabaseClock {
  readonly clock: Clock
  /** Adjusts the clock to a reading of the database's clock, and logs jumps and changes of the offset. */
  observe(reading: ClockReading): void
  /** How far the machine's clock is ahead of the database's, in milliseconds. Negative if it is behind. */
  machineOffsetMs(): number
  /** How often the database's clock jumped by more than a second. */
  jumps(): number
  /** Why requests must be refused, if the offset is over the maximum. */
  refusal(): ClockOff | undefined
}

/** The clocks of the machine and of the database differ by more than the maximum. One of them is wrong, and the server cannot tell which. */
export class ClockOff extends DomainError<'CLOCK_OFF'> {
  constructor(offsetMs: number, maxOffsetMs: number) {
    super(
      'CLOCK_OFF',
      `The clock of this machine is ${describeOffset(offsetMs)} the database's clock, and ${seconds(maxOffsetMs)} is the maximum. Set both clocks, for example with NTP. TOLLGATE_MAX_CLOCK_OFFSET_SECONDS sets the maximum; 0 turns this check off.`,
    )
  }
}

/** Options of the database clock. */
export interface DatabaseClockOptions {
  /** Maximum offset of the machine's clock in milliseconds. 0: no maximum. */
  readonly maxOffsetMs: number
  readonly log: Log
  /** Defaults to `performance.now` and `Date.now`. */
  readonly monotonicMs?: () => number
  readonly machineMs?: () => number
}

/** An offset over this is logged. Network and NTP explain smaller ones. */
const NOTICEABLE_MS = 1_000

type State = 'close' | 'off' | 'refused'

/** Creates the clock. It shows the machine's time until the first reading. */
export function databaseClock({ maxOffsetMs, log, monotonicMs = () => performance.now(), machineMs = Date.now }: DatabaseClockOptions): DatabaseClock {
  const clock = followingClock({ monotonicMs, startMs: machineMs() })
  let state: State = 'close'
  let jumps = 0
  const offsetMs = () => machineMs() - clock.nowMs()

  function classify(distanceMs: number): State {
    // An offset at a threshold must not be logged again and again, so it has to shrink by half before it is left.
    const isOver = (thresholdMs: number, wasOver: boolean) => distanceMs > (wasOver ? thresholdMs / 2 : thresholdMs)
    if (maxOffsetMs > 0 && isOver(maxOffsetMs, state === 'refused')) return 'refused'
    return isOver(NOTICEABLE_MS, state !== 'close') ? 'off' : 'close'
  }

  function enter(next: State): void {
    const before = state
    state = next
    if (next === before) return
    const offset = offsetMs()
    const context = { offsetSeconds: offset / 1_000, maxOffsetSeconds: maxOffsetMs / 1_000 }
    if (next === 'refused') log.error(context, `Requests are refused. ${new ClockOff(offset, maxOffsetMs).message}`)
    else if (next === 'off')
      log.warn(
        context,
        `The clock of this machine is ${describeOffset(offset)} the database's clock. Decisions use the database's clock; the times of this log do not.`,
      )
    else log.info(context, "The clock of this machine agrees with the database's clock again.")
  }

  return {
    clock,
    machineOffsetMs: offsetMs,
    jumps: () => jumps,
    refusal: () => (state === 'refused' ? new ClockOff(offsetMs(), maxOffsetMs) : undefined),
    observe(reading) {
      const jumpMs = clock.observe(reading)
      if (Math.abs(jumpMs) > NOTICEABLE_MS) {
        jumps += 1
        log.warn(
          { jumpSeconds: jumpMs / 1_000 },
          `The database's clock jumped ${jumpMs < 0 ? 'back' : 'forward'} by ${seconds(jumpMs)}, or this machine was suspended.`,
        )
      }
      enter(classify(Math.abs(offsetMs())))
    },
  }
}

function describeOffset(offsetMs: number): string {
  return `${seconds(offsetMs)} ${offsetMs < 0 ? 'behind' : 'ahead of'}`
}

function seconds(ms: number): string {
  return `${Math.round(Math.abs(ms) / 100) / 10} s`
}
