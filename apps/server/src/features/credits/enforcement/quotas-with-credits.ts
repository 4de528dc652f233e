import { createHash } from 'node:crypto'
import { CreditReservationClosed, CreditReservationNotFound, type Credits, CreditStoreUnavailable, type Wallet } from '@tollgate/credits'
import { type Decimal, type IdSource, type TenantClock, ZERO } from '@tollgate/kernel'
import { type EnforceInput, type QuotaDecision, type QuotaQuestion, type Quotas, ReservationClosed, type ReserveInput } from '@tollgate/quotas'
import { decideWithoutWallet, decideWithWallet, spendableOf } from './decide-with-wallet.ts'
import { requestedCredits } from './requested-credits.ts'

/** What decisions about quotas and wallets together need. */
export interface QuotasWithCreditsDependencies {
  readonly quotas: Quotas
  readonly credits: Pick<Credits, 'payer' | 'wallet' | 'reserve' | 'settle' | 'release' | 'extend'>
  readonly clock: TenantClock
  readonly ids: IdSource
}

/** How long quotas hold a reservation that names no time. */
const STANDARD_TTL_SECONDS = 60

/**
 * Quotas that decide requests for credits against the wallet of the customer or tenant too. The wallet holds the credits
 * first, then the quotas decide; if they refuse, the hold is released. So no amount is taken of one without the other. If
 * the process ends in between, the hold expires. Reservations of both have the same id. Without a wallet, only quotas
 * decide, and other metrics never read one. While the database does not answer, quotas of credits decide by their
 * `storeFailure`; without such a quota, credits are refused.
 */
export function quotasWithCredits(dependencies: QuotasWithCreditsDependencies): Quotas {
  const { quotas, credits } = dependencies
  return {
    ...quotas,
    // Not async: decisions without credits are hot.
    enforce: input => {
      const amount = requestedCredits(input.requests)
      if (amount === null) return quotas.enforce(input)
      return input.consume === true ? consume(dependencies, input, amount) : check(dependencies, input)
    },
    reserve: input => {
      const amount = requestedCredits(input.requests)
      return amount === null ? quotas.reserve(input) : reserve(dependencies, input, amount)
    },
    async settle(input) {
      const settled = await quotas.settle(input)
      if (holdsCredits(settled)) {
        const actual = input.actual ?? settled.requests
        const operation = actual.find(({ metric }) => metric === 'credits')?.operation
        const amount = requestedCredits(actual) ?? ZERO
        await unlessEnded(credits.settle({ tenantId: settled.tenantId, reservationId: input.reservationId, amount, operation }))
      }
      return settled
    },
    async release(input) {
      const released = await quotas.release(input)
      if (holdsCredits(released)) await unlessEnded(credits.release({ tenantId: released.tenantId, reservationId: input.reservationId }))
      return released
    },
    async extend(input) {
      const extended = await quotas.extend(input)
      if (!holdsCredits(extended)) return extended
      try {
        await credits.extend({ tenantId: extended.tenantId, reservationId: input.reservationId, ttlSeconds: input.ttlSeconds })
      } catch (error) {
        if (error instanceof CreditReservationClosed) throw new ReservationClosed(input.reservationId, error.state === 'open' ? 'held' : error.state)
        if (!(error instanceof CreditReservationNotFound)) throw error
      }
      return extended
    },
  }
}

function payerOf({ credits }: QuotasWithCreditsDependencies, { tenantId, dimensions }: QuotaQuestion): Promise<Wallet | undefined> {
  return credits.payer({ tenantId, customerId: dimensions?.customer })
}

async function check(dependencies: QuotasWithCreditsDependencies, input: EnforceInput): Promise<QuotaDecision> {
  const ofWallet = await reviewOf(dependencies, input)
  const { review = decision => decision } = input
  return dependencies.quotas.enforce({ ...input, review: decision => review(ofWallet(decision)) })
}

/** Returns what the wallet adds to the decision of quotas. */
async function reviewOf(dependencies: QuotasWithCreditsDependencies, input: EnforceInput): Promise<NonNullable<EnforceInput['review']>> {
  try {
    const payer = await payerOf(dependencies, input)
    if (payer === undefined) return decision => decision
    const spendable = await readSpendable(dependencies, payer)
    return decision => decideWithWallet(decision, input.requests, spendable)
  } catch (error) {
    if (!(error instanceof CreditStoreUnavailable)) throw error
    return decideWithoutWallet
  }
}

async function readSpendable({ credits }: QuotasWithCreditsDependencies, payer: Wallet): Promise<Decimal | null> {
  const { wallet } = (await credits.wallet(payer)) ?? { wallet: payer }
  return spendableOf(wallet.terms, wallet.balances.available)
}

async function reserve(dependencies: QuotasWithCreditsDependencies, input: ReserveInput, amount: Decimal): ReturnType<Quotas['reserve']> {
  const { quotas, clock, ids } = dependencies
  const reservationId = input.reservationId ?? ids.uuidV7(clock.now(input.tenantId).epochMilliseconds)
  const hold = await holdCredits(dependencies, input, { reservationId, amount, ttlSeconds: input.ttlSeconds })
  if (hold.kind === 'refused') return { ...hold.decision, allowed: false, reservation: null }
  return releaseUnlessAllowed(dependencies, hold, () => quotas.reserve({ ...input, reservationId }))
}

async function consume(dependencies: QuotasWithCreditsDependencies, input: EnforceInput, amount: Decimal): Promise<QuotaDecision> {
  const { quotas, credits, clock, ids } = dependencies
  const { tenantId, idempotencyKey = null } = input
  // The same call holds, and settles, the same reservation.
  const reservationId = idempotencyKey === null ? ids.uuidV7(clock.now(input.tenantId).epochMilliseconds) : reservationOfKey(idempotencyKey, amount)
  const hold = await holdCredits(dependencies, input, { reservationId, amount })
  if (hold.kind === 'refused') return hold.decision
  const decision = await releaseUnlessAllowed(dependencies, hold, () => quotas.enforce(input))
  const operation = input.requests.find(({ metric }) => metric === 'credits')?.operation
  if (decision.allowed && hold.kind === 'held') await unlessEnded(credits.settle({ tenantId, reservationId, amount, operation }))
  return decision
}

function reservationOfKey(idempotencyKey: string, amount: Decimal): string {
  return `consume:${createHash('sha256').update(`${amount.toFixed()} ${idempotencyKey}`).digest('hex')}`
}

/** What a wallet holds for a decision of quotas. */
type Hold =
  | { readonly kind: 'none' }
  | { readonly kind: 'held'; readonly tenantId: string; readonly reservationId: string }
  | { readonly kind: 'refused'; readonly decision: QuotaDecision }

interface HoldInput {
  readonly reservationId: string
  readonly amount: Decimal
  readonly ttlSeconds?: number | undefined
}

async function holdCredits(
  dependencies: QuotasWithCreditsDependencies,
  input: QuotaQuestion & { readonly caller?: string | null | undefined },
  { reservationId, amount, ttlSeconds = STANDARD_TTL_SECONDS }: HoldInput,
): Promise<Hold> {
  const { credits } = dependencies
  const { tenantId } = input
  let spendable: Decimal | null = null
  try {
    const payer = amount.isZero() ? undefined : await payerOf(dependencies, input)
    if (payer === undefined) return { kind: 'none' }
    const hold = await credits.reserve({ tenantId, customerId: payer.customerId, amount, reservationId, ttlSeconds })
    if (hold.allowed) return { kind: 'held', tenantId, reservationId }
    ;({ spendable } = hold)
  } catch (error) {
    if (!(error instanceof CreditStoreUnavailable)) throw error
    const decision = await checkQuotas(dependencies, input, decideWithoutWallet)
    return decision.allowed ? { kind: 'none' } : { kind: 'refused', decision }
  }
  return { kind: 'refused', decision: await checkQuotas(dependencies, input, decision => decideWithWallet(decision, input.requests, spendable)) }
}

/** Returns what quotas and the wallet answer together, without taking anything. It is counted as one decision. */
function checkQuotas(
  { quotas }: QuotasWithCreditsDependencies,
  { tenantId, requests, dimensions, caller }: Parameters<typeof holdCredits>[1],
  review: NonNullable<EnforceInput['review']>,
): Promise<QuotaDecision> {
  return quotas.enforce({ tenantId, requests, dimensions, caller, review })
}

async function releaseUnlessAllowed<Decision extends QuotaDecision>(
  { credits }: QuotasWithCreditsDependencies,
  hold: Hold,
  decide: () => Promise<Decision>,
): Promise<Decision> {
  let isAllowed = false
  try {
    const decision = await decide()
    isAllowed = decision.allowed
    return decision
  } finally {
    if (!isAllowed && hold.kind === 'held') await unlessEnded(credits.release({ tenantId: hold.tenantId, reservationId: hold.reservationId }))
  }
}

function holdsCredits({ requests }: Awaited<ReturnType<Quotas['release']>>): boolean {
  return requests.some(({ metric }) => metric === 'credits')
}

/** Waits for a change of a reservation of credits. Ignores that there was no wallet to hold them, and that it was settled before. */
async function unlessEnded(change: Promise<unknown>): Promise<void> {
  try {
    await change
  } catch (error) {
    if (!(error instanceof CreditReservationNotFound || error instanceof CreditReservationClosed)) throw error
  }
}
