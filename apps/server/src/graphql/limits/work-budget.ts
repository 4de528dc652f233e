/** A bounded amount of work per time, in milliseconds. */
export interface WorkBudget {
  hasLeft(): boolean
  /** Counts work that was done. It may exceed what was left. */
  spend(milliseconds: number): void
}

/** Options of a work budget. */
export interface WorkBudgetOptions {
  /** The share of all time that the work may take in the long run. */
  readonly share: number
  /** How much work may be done at once. */
  readonly burstMs: number
  /** A number of milliseconds that never decreases. */
  readonly now?: () => number
}

/** Creates a budget, which is full at first. */
export function createWorkBudget({ share, burstMs, now = () => performance.now() }: WorkBudgetOptions): WorkBudget {
  let left = burstMs
  let countedAt = now()

  function refill(): void {
    const time = now()
    left = Math.min(burstMs, left + (time - countedAt) * share)
    countedAt = time
  }

  return {
    hasLeft() {
      refill()
      return left > 0
    },
    spend(milliseconds) {
      refill()
      left -= milliseconds
    },
  }
}
