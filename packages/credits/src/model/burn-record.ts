import type { Decimal } from '@tollgate/kernel'

/** Number of days over which the rate of consumption is measured. */
export const BURN_DAYS = 7

/** What a wallet that alerts on days left remembers of its consumption. */
export interface BurnRecord {
  /** What had been consumed at the start of the last days, oldest first; days without a change of the wallet are omitted. */
  readonly dayStarts: readonly DayStart[]
  /** Whether the alert is raised. It is raised again only after the balance lasted long enough. */
  readonly isAlerted: boolean
}

/** What a wallet had consumed at the start of a day. */
export interface DayStart {
  /** Days from 1970-01-01, in UTC. */
  readonly day: number
  readonly consumed: Decimal
}

/** The record of a wallet that has just started to alert on days left. */
export const EMPTY_BURN: BurnRecord = { dayStarts: [], isAlerted: false }
