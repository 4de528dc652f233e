/** What a commit is taken to last before there was one. */
const FIRST_GUESS_MS = 100
/** Weight of the latest commit in the average: recent commits count, one slow commit does not alone. */
const LATEST_WEIGHT = 0.2
const MIN_WAIT_MS = 50
const MAX_WAIT_MS = 30_000

/** How long commits take of late, and so how long a caller had better wait. */
export interface CommitPace {
  note(durationMs: number): void
  /** Milliseconds until `rounds` commits have been made one after the other, the first of which has run for `runningMs`. */
  waitMs(rounds: number, runningMs: number): number
}

export function commitPace(): CommitPace {
  let averageMs: number | undefined
  return {
    note(durationMs) {
      averageMs = averageMs === undefined ? durationMs : averageMs + LATEST_WEIGHT * (durationMs - averageMs)
    },
    waitMs(rounds, runningMs) {
      // A commit that has run for longer than the average says more about the next ones than the average does.
      const eachMs = Math.max(averageMs ?? FIRST_GUESS_MS, runningMs)
      return Math.min(MAX_WAIT_MS, Math.max(MIN_WAIT_MS, Math.ceil(rounds * eachMs)))
    },
  }
}
