import type { Temporal } from '@tollgate/kernel'
import type { Posting } from '../model/account.ts'
import type { Grant } from '../model/grant.ts'
import { payDebt } from './pay-debt.ts'
import type { WalletDraft } from './wallet-draft.ts'
import type { EntryDraft } from './wallet-records.ts'

/** How credits come into a wallet. */
export interface Giving {
  readonly kind: EntryDraft['kind']
  readonly at: Temporal.Instant
  readonly postings: readonly Posting[]
}

/** Makes a grant active: its credits pay the debt of the wallet first, and the rest can be spent. */
export function giveCredits(draft: WalletDraft, grant: Grant, { kind, at, postings }: Giving): void {
  draft.putGrant({ ...grant, state: 'active' })
  draft.post({ kind, occurredAt: at, grantId: grant.id, description: grant.description, shares: payDebt(draft) }, postings)
}
