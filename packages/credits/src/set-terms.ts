import { type Decimal, type Issue, Temporal, ZERO } from '@tollgate/kernel'
import { inputShape, shapeIssues } from '@tollgate/kernel/input'
import { throwIssues } from './check-input.ts'
import type { CreditDependencies } from './credit-dependencies.ts'
import { DAY_MS, dayOf } from './engine/measure-burn.ts'
import { type OwnerInput, ownerOf } from './owner.ts'
import { type Amount, readAmount, readPositive } from './model/amount.ts'
import { BURN_DAYS, type DayStart } from './model/burn-record.ts'
import type { TopUpTerms } from './model/top-up.ts'
import type { Wallet, WalletAlerts, WhenEmpty } from './model/wallet.ts'
import { applyToOwner, findWallet } from './open-wallet.ts'

/** What a wallet does when it is empty, and when it alerts. Omitted fields do not change. */
export interface SetTermsInput extends OwnerInput {
  readonly whenEmpty?: { readonly kind: 'block' | 'allow' } | { readonly kind: 'overdraft'; readonly limit: Amount } | undefined
  /** Balances at or below which to alert, at most 10. */
  readonly alertBelow?: readonly Amount[] | undefined
  /** Alert if the balance lasts fewer days. Null for never. */
  readonly alertDaysLeft?: number | null | undefined
  /** Alert this many days before credits expire. Null for never. */
  readonly alertExpiresWithinDays?: number | null | undefined
  /** Buy credits when the balance falls to a threshold. Null for never. */
  readonly topUp?: { readonly threshold: Amount; readonly amount: Amount; readonly maxPerMonth: Amount } | null | undefined
}

const MAX_THRESHOLDS = 10
const MAX_DAYS = 366

/** Changes the terms of a wallet. */
export async function setTerms(dependencies: CreditDependencies, input: SetTermsInput): Promise<Wallet> {
  const issues: Issue[] = []
  const whenEmpty = readWhenEmpty(input.whenEmpty, issues)
  const below = readThresholds(input.alertBelow, issues)
  checkDays(input.alertDaysLeft, 'alertDaysLeft', issues)
  checkDays(input.alertExpiresWithinDays, 'alertExpiresWithinDays', issues)
  const topUp = readTopUp(input.topUp, issues)
  throwIssues(issues)
  const dayStarts = await readDayStarts(dependencies, input)
  await applyToOwner(dependencies, input, ({ id: walletId, terms }) => {
    const alerts: WalletAlerts = {
      below: below ?? terms.alerts.below,
      daysLeft: input.alertDaysLeft === undefined ? terms.alerts.daysLeft : input.alertDaysLeft,
      expiresWithinDays: input.alertExpiresWithinDays === undefined ? terms.alerts.expiresWithinDays : input.alertExpiresWithinDays,
    }
    return {
      kind: 'set_terms',
      walletId,
      terms: { whenEmpty: whenEmpty ?? terms.whenEmpty, alerts, topUp: topUp === undefined ? terms.topUp : topUp },
      dayStarts,
    }
  })
  return findWallet(dependencies, input)
}

/** Returns what the wallet had consumed at the start of the last days, if it may start to alert on days left. */
async function readDayStarts({ store, clock }: CreditDependencies, input: SetTermsInput): Promise<readonly DayStart[]> {
  if (typeof input.alertDaysLeft !== 'number') return []
  const wallet = await store.wallet(ownerOf(input))
  if (wallet === undefined) return []
  const today = dayOf(clock.now(input.tenantId))
  return Promise.all(
    Array.from({ length: BURN_DAYS + 1 }, async (_, i) => {
      const day = today - BURN_DAYS + i
      const last = await store.lastEntryBefore(wallet, Temporal.Instant.fromEpochMilliseconds(day * DAY_MS))
      return { day, consumed: last?.consumedAfter ?? ZERO }
    }),
  )
}

const WHEN_EMPTY_KINDS: ReadonlySet<unknown> = new Set(['block', 'allow', 'overdraft'])
const NO_OVERDRAFT = inputShape<{ readonly kind: string }>({ kind: 'text' })
const OVERDRAFT = inputShape<{ readonly kind: string; readonly limit: Amount }>({ kind: 'text', limit: 'anything?' })
const TOP_UP = inputShape<NonNullable<SetTermsInput['topUp']>>({ threshold: 'anything?', amount: 'anything?', maxPerMonth: 'anything?' })

function readWhenEmpty(whenEmpty: SetTermsInput['whenEmpty'], issues: Issue[]): WhenEmpty | undefined {
  if (whenEmpty === undefined || whenEmpty === null) return undefined
  if (!WHEN_EMPTY_KINDS.has(whenEmpty.kind)) {
    issues.push({ path: 'whenEmpty', message: 'must have a kind of block, overdraft or allow' })
    return undefined
  }
  const unknown = whenEmpty.kind === 'overdraft' ? shapeIssues(OVERDRAFT, whenEmpty, 'whenEmpty') : shapeIssues(NO_OVERDRAFT, whenEmpty, 'whenEmpty')
  if (unknown !== undefined) issues.push(...unknown)
  if (whenEmpty.kind !== 'overdraft') return { kind: whenEmpty.kind }
  const limit = readAmount(whenEmpty.limit)
  if (limit !== undefined) return { kind: 'overdraft', limit }
  issues.push({ path: 'whenEmpty.limit', message: 'must be a decimal of 0 or more' })
  return undefined
}

function readTopUp(topUp: SetTermsInput['topUp'], issues: Issue[]): TopUpTerms | null | undefined {
  if (topUp === null || topUp === undefined) return topUp
  const unknown = shapeIssues(TOP_UP, topUp, 'topUp')
  if (unknown !== undefined) {
    issues.push(...unknown)
    return undefined
  }
  const threshold = readAmount(topUp.threshold)
  if (threshold === undefined) issues.push({ path: 'topUp.threshold', message: 'must be a decimal of 0 or more' })
  const amount = readPositive(topUp.amount, 'topUp.amount', issues)
  const maxPerMonth = readPositive(topUp.maxPerMonth, 'topUp.maxPerMonth', issues)
  if (maxPerMonth.gt(0) && maxPerMonth.lt(amount)) issues.push({ path: 'topUp.maxPerMonth', message: `must be at least topUp.amount (${amount.toFixed()})` })
  return { threshold: threshold ?? ZERO, amount, maxPerMonth }
}

function readThresholds(amounts: readonly Amount[] | undefined, issues: Issue[]): readonly Decimal[] | undefined {
  if (amounts === undefined || amounts === null) return undefined
  if (amounts.length > MAX_THRESHOLDS) issues.push({ path: 'alertBelow', message: `must have at most ${MAX_THRESHOLDS} balances, not ${amounts.length}` })
  return amounts.flatMap((amount, i) => {
    const value = readAmount(amount)
    if (value === undefined) issues.push({ path: `alertBelow[${i}]`, message: 'must be a decimal of 0 or more' })
    return value ?? []
  })
}

function checkDays(days: number | null | undefined, path: string, issues: Issue[]): void {
  if (days === null || days === undefined || (Number.isInteger(days) && days >= 1 && days <= MAX_DAYS)) return
  issues.push({ path, message: `must be an integer from 1 to ${MAX_DAYS}, not ${days}` })
}
