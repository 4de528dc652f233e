import { InvalidInput, ZERO } from '@tollgate/kernel'
import { CreditKeyReused, CreditsExceeded, TooManyGrants } from '../../model/errors.ts'
import type { Grant } from '../../model/grant.ts'
import { MAX_OPEN_GRANTS } from '../../model/limits.ts'
import { NO_ROLLOVER } from '../../model/rollover.ts'
import type { TransferCommand } from '../command.ts'
import { classifyKey, type CreditBook, walletOf } from '../credit-book.ts'
import { giveCredits } from '../give-credits.ts'
import type { CommandOutcome } from '../outcome.ts'
import { applied, repeated } from './applied.ts'

/** Moves credits to another wallet of the tenant. An overdraft cannot be moved. */
export function applyTransfer(book: CreditBook, { walletId, toWalletId, once, amount, description }: TransferCommand): CommandOutcome {
  const [source, target] = [walletOf(book, walletId), walletOf(book, toWalletId)]
  if (source === target) return { kind: 'failed', error: new InvalidInput([{ path: 'to', message: 'must be another wallet' }]) }
  const use = classifyKey(book, once)
  if (use === 'reused') return { kind: 'failed', error: new CreditKeyReused(once.key) }
  if (use === 'repeat') return repeated(source)
  const { available } = source.balances
  if (amount.gt(available)) return { kind: 'failed', error: new CreditsExceeded(amount, available.lt(0) ? ZERO : available) }
  if (target.openGrantCount >= MAX_OPEN_GRANTS) return { kind: 'failed', error: new TooManyGrants(MAX_OPEN_GRANTS) }
  const from = source.entries.length
  const sources = new Map([...source.grants].map(grant => [grant.id, grant]))
  const shares = source.take(amount, false)
  source.post({ kind: 'transfer_out', occurredAt: book.now, description, shares }, [
    { account: 'available', amount: ZERO.minus(amount) },
    { account: 'adjusted', amount },
  ])
  for (const share of shares) {
    const taken = sources.get(share.grantId ?? '')
    const grant: Grant = {
      id: book.ids.uuidV7(book.now.epochMilliseconds),
      walletId: toWalletId,
      amount: share.amount,
      remaining: share.amount,
      held: ZERO,
      state: 'active',
      source: 'transfer',
      priority: taken?.priority ?? 0,
      effectiveAt: book.now,
      expiresAt: taken?.expiresAt ?? null,
      rollover: NO_ROLLOVER,
      description,
      expiryAlertedAt: null,
      createdAt: book.now,
    }
    giveCredits(target, grant, {
      kind: 'transfer_in',
      at: book.now,
      postings: [
        { account: 'adjusted', amount: ZERO.minus(share.amount) },
        { account: 'available', amount: share.amount },
      ],
    })
  }
  book.keys.set(once.key, { fingerprint: once.fingerprint, grantId: null })
  return applied(source, from)
}
