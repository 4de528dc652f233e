/** How much work a budget allows. */
export interface WorkBudgetLimits {
  /** The share of all time that the work may take in the long run. 1: one second of work in each second. */
  readonly share: number
  /** How much work can be saved up, in milliseconds. */
  readonly burstMs: number
}

/** A bounded amount of work per time, in milliseconds. What work costs is known only afterwards, so it can be overdrawn. */
export interface WorkBudget {
  hasLeft(): boolean
  /** Counts work that was done. It may exceed what was left. */
  spend(milliseconds: number): void
  /** Returns how long it takes until it is no longer overdrawn, in milliseconds. 0: it is not. */
  waitMs(): number
  /** Whether it has saved all it can, as a budget that was never used. */
  isFull(): boolean
}

/** Creates a budget, which is full at first. `now` returns a number of milliseconds that never decreases. */
export function createWorkBudget({ share, burstMs }: WorkBudgetLimits, now = () => performance.now()): WorkBudget {
  let left = burstMs
  let countedAt = now()

  function refill(): number {
    const time = now()
    left = Math.min(burstMs, left + (time - countedAt) * share)
    countedAt = time
    return left
  }

  return {
    hasLeft: () => refill() > 0,
    spend(milliseconds) {
      left = refill() - milliseconds
    },
    waitMs: () => Math.max(0, Math.ceil(-refill() / share)),
    isFull: () => refill() >= burstMs,
  }
}
