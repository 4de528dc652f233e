import { type Decimal, InvalidInput, type Period, splitPeriod, Temporal, timeZone, ZERO } from '@tollgate/kernel'
import { type RangeInput, readRange, requireTime, type TimeInput } from '@tollgate/kernel/input'
import type { CreditDependencies } from './credit-dependencies.ts'
import { type OwnerInput, ownerOf } from './owner.ts'
import { advance } from './engine/advance.ts'
import { compareSpendOrder } from './engine/spend-order.ts'
import { WalletDraft } from './engine/wallet-draft.ts'
import type { Allowance } from './model/allowance.ts'
import type { CreditEntry } from './model/entry.ts'
import { type Grant, isOpen } from './model/grant.ts'
import { balanceOf, type Wallet } from './model/wallet.ts'

/** A wallet as it is now. */
export interface WalletStatus {
  readonly wallet: Wallet
  /** Available and reserved credits. */
  readonly balance: Decimal
  /** Grants that are pending, or have something remaining or held, in the order in which they are spent. */
  readonly grants: readonly Grant[]
  readonly allowances: readonly Allowance[]
}

/** Credits that were consumed on a day. */
export interface DailyBurn {
  readonly day: Period
  readonly consumed: Decimal
  /** Balance at the end of the day, or now. */
  readonly balance: Decimal
}

/** Returns a wallet with everything done that has become due, whether or not it is recorded yet. */
export async function readWallet({ store, clock, ids }: CreditDependencies, input: OwnerInput): Promise<WalletStatus | undefined> {
  const state = await store.state(ownerOf(input))
  if (state === undefined) return undefined
  const now = clock.now(input.tenantId)
  const draft = new WalletDraft(state, now)
  advance(draft, now, ids)
  const grants = [...draft.grants].filter(isOpen).sort(compareSpendOrder)
  return { wallet: draft.wallet(), balance: balanceOf(draft.balances), grants, allowances: [...draft.allowances] }
}

/** Returns the balance that a wallet had at a time, by the entries recorded before it. */
export async function balanceAt({ store }: Pick<CreditDependencies, 'store'>, input: OwnerInput, at: TimeInput): Promise<Decimal | null> {
  const time = requireTime('time', at)
  const owner = ownerOf(input)
  const wallet = await store.wallet(owner)
  if (wallet === undefined || Temporal.Instant.compare(wallet.createdAt, time) > 0) return null
  return (await store.lastEntryBefore(wallet, time))?.balanceAfter ?? ZERO
}

/** Returns what a wallet had consumed before a time; 0 if it had none yet. */
export async function consumedBefore({ store }: Pick<CreditDependencies, 'store'>, input: OwnerInput, at: TimeInput): Promise<Decimal> {
  const time = requireTime('time', at)
  const owner = ownerOf(input)
  const wallet = await store.wallet(owner)
  if (wallet === undefined) return ZERO
  return (await store.lastEntryBefore(wallet, time))?.consumedAfter ?? ZERO
}

/** Which days of a burn-down to return. */
export interface BurnDownInput {
  readonly range: RangeInput
  /** IANA time zone of the days. */
  readonly timeZone: string
}

/** Maximum number of days of a burn-down. */
const MAX_BURN_DOWN_DAYS = 400

/** Returns what was consumed on each day of a period: differences of what was consumed until the end of each, by the time of record. */
export async function burnDown(
  { store }: Pick<CreditDependencies, 'store'>,
  input: OwnerInput,
  { range: wanted, timeZone: zoneName }: BurnDownInput,
): Promise<readonly DailyBurn[]> {
  const owner = ownerOf(input)
  const zone = timeZone(zoneName)
  const range = readRange('range', wanted)
  const days: Period[] = []
  for (const day of splitPeriod(range, 'day', zone)) {
    if (days.push(day) > MAX_BURN_DOWN_DAYS) throw new InvalidInput([{ path: 'range', message: `must be at most ${MAX_BURN_DOWN_DAYS} days` }])
  }
  const wallet = await store.wallet(owner)
  if (wallet === undefined) return []
  const last = await Promise.all([range.from, ...days.map(({ to }) => to)].map(async time => store.lastEntryBefore(wallet, time)))
  return days.map((day, i) => ({
    day,
    consumed: (last[i + 1]?.consumedAfter ?? ZERO).minus(last[i]?.consumedAfter ?? ZERO),
    balance: last[i + 1]?.balanceAfter ?? ZERO,
  }))
}

/** Returns what an entry consumed; corrections may have given some back. */
export function consumedBy({ postings }: Pick<CreditEntry, 'postings'>): Decimal {
  return postings.find(({ account }) => account === 'consumed')?.amount ?? ZERO
}
