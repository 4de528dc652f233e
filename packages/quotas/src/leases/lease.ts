import { Decimal, ZERO } from '@tollgate/kernel'
import { type CounterReading, NOTHING_COUNTED } from '../counters/counter-reading.ts'
import type { Demand } from '../decisions/demand.ts'

/**
 * Headroom of one counter that this process may spend: the store counts all of it against the limit. Whole units are
 * counted in a plain number, below 2^53 and therefore exactly; a unit that was broken, in a Decimal.
 */
export class Lease {
  readonly id: string
  readonly demand: Demand
  readonly revision: string
  /** What the store knows that it holds: what may still be spent, and what was spent and is not reported. */
  #held = ZERO
  #whole = 0
  #broken = ZERO
  /** On its way to the store. */
  #reporting = ZERO
  #reading: CounterReading = NOTHING_COUNTED
  /** Undefined where any of the above has changed. */
  #books: LeaseBooks | undefined
  /** Nothing is spent of it any more. */
  isOver = false
  isRenewing = false
  /** It was renewed since the last regular report: something was spent of it. */
  isBusy = false
  /** Where so little is left that more should be on its way. */
  low = 0
  /** As the last renewal wished. */
  wanted = 0
  renewedAtMs = 0

  constructor(id: string, demand: Demand, revision: string) {
    this.id = id
    this.demand = demand
    this.revision = revision
  }

  /** Spends an amount, which is `whole` as a number where it has no fraction; or nothing. */
  spend(amount: Decimal, whole: number | null): boolean {
    if (whole !== null) {
      if (whole > this.#whole) return false
      this.#whole -= whole
      return true
    }
    if (this.#broken.lt(amount)) {
      const units = amount.minus(this.#broken).ceil()
      if (units.gt(this.#whole)) return false
      this.#whole -= Number(units.toFixed())
      this.#broken = this.#broken.plus(units)
    }
    this.#broken = this.#broken.minus(amount)
    this.#books = undefined
    return true
  }

  /** Takes back what was just spent, as something else that belongs to it could not be. */
  unspend(amount: Decimal): void {
    this.#deposit(amount)
  }

  get isLow(): boolean {
    return this.#whole < this.low
  }

  /** What was spent since the last report. */
  get spent(): Decimal {
    return this.#held.minus(this.#whole).minus(this.#broken)
  }

  /** What was spent since the last report, which is reported now. */
  report(): Decimal {
    const { spent } = this
    this.#held = this.#held.minus(spent)
    this.#reporting = spent
    this.#books = undefined
    return spent
  }

  /** The store knows what was reported, and this is what it lets the lease hold. */
  renewed(held: Decimal, reading: CounterReading): void {
    // Less than is unspent: it had expired, and all of it was counted as used.
    if (held.lt(this.#held)) {
      this.#held = ZERO
      this.#broken = ZERO
      this.#whole = 0
    }
    this.#deposit(held.minus(this.#held))
    this.#held = held
    this.#reporting = ZERO
    this.#reading = reading
    this.#books = undefined
    this.low = Math.floor(this.#whole / 2)
  }

  /** What is known of the counter, beside `whole`. */
  get books(): LeaseBooks {
    return (this.#books ??= { reported: this.#reading, held: this.#held, broken: this.#broken, reporting: this.#reporting })
  }

  /** Whole units that are left. */
  get whole(): number {
    return this.#whole
  }

  #deposit(amount: Decimal): void {
    const broken = this.#broken.plus(amount)
    const units = broken.floor()
    this.#whole += Number(units.toFixed())
    this.#broken = broken.minus(units)
    this.#books = undefined
  }
}

/** What a lease knows of its counter, beside the whole units that are left: the same from one report to the next, mostly. */
export interface LeaseBooks {
  readonly reported: CounterReading
  readonly held: Decimal
  readonly broken: Decimal
  readonly reporting: Decimal
}

/** What a counter shows: as of the last report, and what was spent of the lease since. Worked out when it is read. */
export class LeaseReading implements CounterReading {
  readonly #books: LeaseBooks
  readonly #whole: number

  constructor(books: LeaseBooks, whole: number) {
    this.#books = books
    this.#whole = whole
  }

  get used(): Decimal {
    return this.#books.reported.used.plus(this.#spent)
  }

  get reserved(): Decimal {
    return Decimal.max(ZERO, this.#books.reported.reserved.minus(this.#spent))
  }

  get steps(): CounterReading['steps'] {
    return this.#books.reported.steps
  }

  get #spent(): Decimal {
    const { held, broken, reporting } = this.#books
    return held.minus(this.#whole).minus(broken).plus(reporting)
  }
}
