import type { Allowance } from '../model/allowance.ts'
import type { Grant } from '../model/grant.ts'
import type { CreditReservation } from '../model/reservation.ts'
import type { TopUp } from '../model/top-up.ts'
import type { Wallet } from '../model/wallet.ts'

/** What a store loads of a wallet before commands are applied. */
export interface WalletState {
  readonly wallet: Wallet
  /** Grants that are pending, or that have something remaining or held, and those that keys of the commands have made. */
  readonly grants: readonly Grant[]
  /** Open reservations that have expired, and those that the commands name, in any state. */
  readonly reservations: readonly CreditReservation[]
  readonly allowances: readonly Allowance[]
  /** Top-ups that the commands name, or whose keys they use. */
  readonly topUps?: readonly TopUp[]
}
