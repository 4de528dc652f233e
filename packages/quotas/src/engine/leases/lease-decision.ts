import { Decimal, ZERO } from '@tollgate/kernel'
import type { Decided } from '../commands/outcome.ts'
import type { Demand, DemandOutcome } from '../demands/demand.ts'
import type { Lease, LeaseAccount } from './lease.ts'

/** The decision for a caller whose amount was spent from a lease. Its outcome is computed when it is read, as of the time of the decision. */
export class LeaseDecision implements Decided {
  readonly kind = 'decided'
  readonly allowed = true
  readonly #demand: Demand
  readonly #account: LeaseAccount
  readonly #units: number

  constructor(demand: Demand, { account, units }: Lease) {
    this.#demand = demand
    this.#account = account
    this.#units = units
  }

  /** The counter as of the last report, with what the lease spent since. */
  get outcomes(): readonly DemandOutcome[] {
    const { reading, held, fraction, reporting } = this.#account
    const spent = held.minus(this.#units).minus(fraction).plus(reporting)
    const used = reading.used.plus(spent)
    const reserved = Decimal.max(ZERO, reading.reserved.minus(spent))
    return [{ demand: this.#demand, refusal: null, used, reserved, steps: reading.steps }]
  }
}

/** The decision for a caller whose amounts were spent from several leases. */
export class MultiLeaseDecision implements Decided {
  readonly kind = 'decided'
  readonly allowed = true
  readonly #decisions: readonly LeaseDecision[]

  constructor(demands: readonly Demand[], leases: readonly Lease[]) {
    this.#decisions = demands.map((demand, i) => new LeaseDecision(demand, leases[i] as Lease))
  }

  get outcomes(): readonly DemandOutcome[] {
    return this.#decisions.flatMap(({ outcomes }) => outcomes)
  }
}
