import { type Decimal, ZERO } from '@tollgate/kernel'
import type { GrantShare } from '../model/reservation.ts'
import type { WalletDraft } from './wallet-draft.ts'

/** Pays the debt of a wallet from its active grants, as far as they go. Returns what was taken of which grants. */
export function payDebt(draft: WalletDraft): readonly GrantShare[] {
  if (draft.debt.isZero()) return []
  const paid = draft.take(draft.debt, false).filter(({ grantId }) => grantId !== null)
  draft.changeDebt(ZERO.minus(sumOfShares(paid)))
  return paid
}

/** Returns the sum of the amounts of shares. */
export function sumOfShares(shares: readonly GrantShare[]): Decimal {
  return shares.reduce((sum, { amount }) => sum.plus(amount), ZERO)
}
