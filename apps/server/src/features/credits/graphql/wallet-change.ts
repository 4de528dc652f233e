import { type Credits, CreditsOverloaded, CreditStoreUnavailable, type OwnerInput, TooManyGrants, type WalletStatus } from '@tollgate/credits'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'

/** The expected failures of a change of a wallet. */
export const WALLET_FAILURES = [InvalidInput, Forbidden, NotFound, TooManyGrants, CreditsOverloaded, CreditStoreUnavailable]

/** Returns a wallet that was changed, as it is now. */
export async function changedWallet(credits: Pick<Credits, 'wallet'>, owner: OwnerInput): Promise<WalletStatus> {
  const status = await credits.wallet(owner)
  if (status === undefined) throw new Error('The wallet was not found after it was changed.')
  return status
}
