/** How much work a tenant may use. */
export interface WorkBudgetLimits {
  /** What it gains in each second, in milliseconds of work. */
  readonly msPerSecond: number
  /** What it can save up. */
  readonly maxSavedMs: number
}

/**
 * The work in the database that a tenant may still use. Its price is known only afterwards, so a budget can be overdrawn:
 * then the tenant waits until it is positive again.
 */
export class WorkBudget {
  readonly #limits: WorkBudgetLimits
  readonly #nowMs: () => number
  #savedMs: number
  #savedAtMs: number

  constructor(limits: WorkBudgetLimits, nowMs: () => number) {
    this.#limits = limits
    this.#nowMs = nowMs
    this.#savedMs = limits.maxSavedMs
    this.#savedAtMs = nowMs()
  }

  spend(ms: number): void {
    this.#savedMs = this.#saved() - ms
    this.#savedAtMs = this.#nowMs()
  }

  /** Returns how long it takes until work may start, in milliseconds. 0: now. */
  waitMs(): number {
    return Math.max(0, Math.ceil((-this.#saved() / this.#limits.msPerSecond) * 1_000))
  }

  /** Whether it has saved all it can, as that of a tenant that was never seen. */
  isFull(): boolean {
    return this.#saved() >= this.#limits.maxSavedMs
  }

  #saved(): number {
    const gained = ((this.#nowMs() - this.#savedAtMs) / 1_000) * this.#limits.msPerSecond
    return Math.min(this.#limits.maxSavedMs, this.#savedMs + gained)
  }
}
