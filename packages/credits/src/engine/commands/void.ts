import { NotFound, ZERO } from '@tollgate/kernel'
import { GrantSpent } from '../../model/errors.ts'
import type { VoidCommand } from '../command.ts'
import { type CreditBook, walletOf } from '../credit-book.ts'
import type { CommandOutcome } from '../outcome.ts'
import { applied } from './applied.ts'

/** Removes what remains of a grant, or a part of it. Of a pending grant, nothing was posted yet, so nothing is taken back. */
export function applyVoid(book: CreditBook, { walletId, grantId, amount, reason }: VoidCommand): CommandOutcome {
  const draft = walletOf(book, walletId)
  const grant = draft.grant(grantId)
  if (grant === undefined) return { kind: 'failed', error: new NotFound('open credit grant', grantId) }
  const voided = amount ?? grant.remaining
  if (voided.gt(grant.remaining) || grant.remaining.isZero()) return { kind: 'failed', error: new GrantSpent(grantId, grant.remaining) }
  const from = draft.entries.length
  const remaining = grant.remaining.minus(voided)
  draft.putGrant({ ...grant, remaining, state: grant.state === 'pending' && remaining.isZero() ? 'ended' : grant.state })
  const isPosted = grant.state === 'active'
  draft.post({ kind: 'void', occurredAt: book.now, grantId, description: reason, shares: [{ grantId, amount: voided }] }, [
    { account: 'available', amount: isPosted ? ZERO.minus(voided) : ZERO },
    { account: 'adjusted', amount: isPosted ? voided : ZERO },
  ])
  return applied(draft, from, { grant: draft.grant(grantId) })
}
