import { InvalidInput, Temporal, ZERO } from '@tollgate/kernel'
import { CreditKeyReused, TooManyGrants } from '../../model/errors.ts'
import type { Grant } from '../../model/grant.ts'
import { MAX_OPEN_GRANTS } from '../../model/limits.ts'
import { topUpOfKey } from '../../model/top-up.ts'
import { grantPostings } from '../advance.ts'
import type { GrantCommand } from '../command.ts'
import { classifyKey, type CreditBook, walletOf } from '../credit-book.ts'
import { giveCredits } from '../give-credits.ts'
import type { CommandOutcome } from '../outcome.ts'
import type { WalletDraft } from '../wallet-draft.ts'
import { applied, repeated } from './applied.ts'

/** Gives credits, now or at their effective time. */
export function applyGrant(book: CreditBook, command: GrantCommand): CommandOutcome {
  const draft = walletOf(book, command.walletId)
  const use = classifyKey(book, command.once)
  if (use === 'reused') return { kind: 'failed', error: new CreditKeyReused(command.once.key) }
  if (use === 'repeat') return repeated(draft, draft.grant(book.keys.get(command.once.key)?.grantId ?? ''))
  const { expiresAt: expiry } = command
  if (expiry !== null && Temporal.Instant.compare(expiry, book.now) <= 0) {
    return { kind: 'failed', error: new InvalidInput([{ path: 'expiresAt', message: `must be in the future; it is ${book.now.toString()} now` }]) }
  }
  if (draft.openGrantCount >= MAX_OPEN_GRANTS) return { kind: 'failed', error: new TooManyGrants(MAX_OPEN_GRANTS) }
  const from = draft.entries.length
  const { amount, source, priority, effectiveAt, expiresAt, rollover, description } = command
  const grant: Grant = {
    // Made here, after the grants that became due before it, so that ids are in the order of the ledger.
    id: book.ids.uuidV7(book.now.epochMilliseconds),
    walletId: draft.id,
    amount,
    remaining: amount,
    held: ZERO,
    state: 'pending',
    source,
    priority,
    effectiveAt,
    expiresAt,
    rollover,
    description,
    expiryAlertedAt: null,
    createdAt: book.now,
  }
  if (Temporal.Instant.compare(effectiveAt, book.now) > 0) draft.putGrant(grant)
  else giveCredits(draft, grant, { kind: 'grant', at: effectiveAt, postings: grantPostings(grant) })
  book.keys.set(command.once.key, { fingerprint: command.once.fingerprint, grantId: grant.id })
  completeTopUp(draft, command.once.key, grant.id)
  return applied(draft, from, { grant: draft.grant(grant.id) })
}

/** Completes the top-up that a key belongs to, also one that was given up. */
function completeTopUp(draft: WalletDraft, key: string, grantId: string): void {
  const id = topUpOfKey(key)
  const topUp = id === undefined ? undefined : draft.topUp(id)
  if (topUp !== undefined) draft.putTopUp({ ...topUp, state: 'granted', grantId, reason: null })
}
