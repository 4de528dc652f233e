/** The estimate before the first commit. */
const FIRST_GUESS_MS = 100
/** Weight of the latest commit in the moving average. */
const LATEST_WEIGHT = 0.2
const MIN_WAIT_MS = 50
const MAX_WAIT_MS = 30_000

/** Estimates how long commits take, and so how long a caller should wait before it retries. */
export interface CommitPace {
  /** Adds the duration of a commit to the average. */
  record(durationMs: number): void
  /** Returns the milliseconds until `rounds` sequential commits are done, if the first has been running for `runningMs`. */
  waitMs(rounds: number, runningMs: number): number
}

/** Starts with a guess, which the first commit replaces. */
export function createCommitPace(): CommitPace {
  let averageMs: number | undefined
  return {
    record(durationMs) {
      averageMs = averageMs === undefined ? durationMs : averageMs + LATEST_WEIGHT * (durationMs - averageMs)
    },
    waitMs(rounds, runningMs) {
      // A commit that is already slower than the average is the better estimate.
      const eachMs = Math.max(averageMs ?? FIRST_GUESS_MS, runningMs)
      return Math.min(MAX_WAIT_MS, Math.max(MIN_WAIT_MS, Math.ceil(rounds * eachMs)))
    },
  }
}
