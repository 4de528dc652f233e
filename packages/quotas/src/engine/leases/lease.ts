import { type Decimal, ZERO } from '@tollgate/kernel'
import { type CounterReading, EMPTY_READING } from '../../model/counters/counter-reading.ts'
import type { Demand } from '../demands/demand.ts'

/** What a lease knows of its counter, apart from its whole units. Mostly the same from one report to the next. */
export interface LeaseAccount {
  /** The reading of the last report. */
  readonly reading: CounterReading
  readonly held: Decimal
  readonly fraction: Decimal
  /** The amount of a report that is on its way to the store. */
  readonly reporting: Decimal
}

/**
 * Headroom of one counter that this process may spend: the store counts all of it against the limit. Whole units are a
 * number below 2^53; a remaining fraction is a Decimal.
 */
export class Lease {
  readonly id: string
  readonly demand: Demand
  readonly revision: string
  /** What the store knows that it holds: unspent, or spent and not reported. */
  #held = ZERO
  #units = 0
  #fraction = ZERO
  #reporting = ZERO
  #reading: CounterReading = EMPTY_READING
  /** Undefined after a change of any of the above, except `#units`. */
  #account: LeaseAccount | undefined
  /** Nothing can be spent anymore. */
  isOver = false
  isRenewing = false
  /** Something was spent since the last regular report. */
  isBusy = false
  /** Request more when fewer units than this are left. */
  renewBelow = 0
  /** Size that was last requested. */
  requested = 0
  renewedAtMs = 0

  constructor(id: string, demand: Demand, revision: string) {
    this.id = id
    this.demand = demand
    this.revision = revision
  }

  /** Spends an amount, if there is enough. `integer` is the same amount as a number, or null if it has a fraction. */
  spend(amount: Decimal, integer: number | null): boolean {
    if (integer !== null) {
      if (integer > this.#units) return false
      this.#units -= integer
      return true
    }
    if (this.#fraction.lt(amount)) {
      const units = amount.minus(this.#fraction).ceil()
      if (units.gt(this.#units)) return false
      this.#units -= Number(units.toFixed())
      this.#fraction = this.#fraction.plus(units)
    }
    this.#fraction = this.#fraction.minus(amount)
    this.#account = undefined
    return true
  }

  /** Takes back an amount that was just spent, because another lease of the same request had too little. */
  unspend(amount: Decimal): void {
    this.#deposit(amount)
  }

  get isLow(): boolean {
    return this.#units < this.renewBelow
  }

  /** The amount spent since the last report. */
  get spent(): Decimal {
    return this.#held.minus(this.#units).minus(this.#fraction)
  }

  /** Starts a report: returns the amount spent since the last one. */
  report(): Decimal {
    const { spent } = this
    this.#held = this.#held.minus(spent)
    this.#reporting = spent
    this.#account = undefined
    return spent
  }

  /** Ends a report: the store has counted it, and lets the lease hold `held`. */
  renewed(held: Decimal, reading: CounterReading): void {
    // The store holds less than is unspent: the lease had expired, and all of it was counted as used.
    if (held.lt(this.#held)) {
      this.#held = ZERO
      this.#fraction = ZERO
      this.#units = 0
    }
    this.#deposit(held.minus(this.#held))
    this.#held = held
    this.#reporting = ZERO
    this.#reading = reading
    this.#account = undefined
    this.renewBelow = Math.floor(this.#units / 2)
  }

  /** The state of the lease, apart from `units`. */
  get account(): LeaseAccount {
    return (this.#account ??= { reading: this.#reading, held: this.#held, fraction: this.#fraction, reporting: this.#reporting })
  }

  /** Whole units that are left. */
  get units(): number {
    return this.#units
  }

  #deposit(amount: Decimal): void {
    const fraction = this.#fraction.plus(amount)
    const units = fraction.floor()
    this.#units += Number(units.toFixed())
    this.#fraction = fraction.minus(units)
    this.#account = undefined
  }
}
