import { type Issue, Temporal } from '@tollgate/kernel'
import { readDescription, readKey, throwIssues } from './check-input.ts'
import type { CreditDependencies } from './credit-dependencies.ts'
import { type Amount, readAmount, readPositive } from './model/amount.ts'
import { type Grant, type GrantSource, STANDARD_PRIORITY } from './model/grant.ts'
import { NO_ROLLOVER, type Rollover } from './model/rollover.ts'
import { type OwnerInput, ownerOf } from './owner.ts'
import type { Wallet } from './model/wallet.ts'
import { applyToOwner } from './open-wallet.ts'

/** What stays of a grant when it expires, before it is checked. */
export type RolloverInput = { readonly kind: 'none' | 'all' } | { readonly kind: 'up_to_amount' | 'up_to_percentage'; readonly max: Amount }

/** Credits to give. */
export interface GrantInput extends OwnerInput {
  /** Above 0. */
  readonly amount: Amount
  /** Unique in the tenant. The same grant again gives nothing; another grant with the same key is rejected. */
  readonly idempotencyKey: string
  /** Not `transfer`, `rollover` or `correction`, which only the ledger makes. Defaults to `purchase`. */
  readonly source?: GrantSource | undefined
  /** Smaller is spent first: 0 to 1,000,000. Defaults to 100. */
  readonly priority?: number | undefined
  /** Defaults to now. */
  readonly effectiveAt?: Temporal.Instant | null | undefined
  /** Defaults to never. */
  readonly expiresAt?: Temporal.Instant | null | undefined
  /** Defaults to none. */
  readonly rollover?: RolloverInput | undefined
  readonly description?: string | null | undefined
}

/** A grant, and the wallet that has it. */
export interface GrantedCredits {
  readonly grant: Grant
  readonly wallet: Wallet
  /** Whether the idempotency key was used before, so that nothing was granted now. */
  readonly isRepeat: boolean
}

const MADE_BY_LEDGER: ReadonlySet<GrantSource> = new Set(['transfer', 'rollover', 'correction'])

const MAX_PRIORITY = 1_000_000

/** Gives credits to a wallet, and creates the wallet if there is none. */
export async function grantCredits(dependencies: CreditDependencies, input: GrantInput): Promise<GrantedCredits> {
  const now = dependencies.clock.now()
  const issues: Issue[] = []
  const amount = readPositive(input.amount, 'amount', issues)
  const rollover = readRollover(input.rollover, issues)
  const { source = 'purchase', priority = STANDARD_PRIORITY, expiresAt = null } = input
  const effectiveAt = input.effectiveAt ?? now
  const description = readDescription(input.description, 'description', issues)
  if (MADE_BY_LEDGER.has(source)) issues.push({ path: 'source', message: 'cannot be TRANSFER, ROLLOVER or CORRECTION, which only the ledger makes' })
  issues.push(...checkPriority(priority), ...checkExpiry(effectiveAt, expiresAt, now))
  const values = [
    input.tenantId,
    input.customerId ?? null,
    amount.toFixed(),
    source,
    priority,
    input.effectiveAt?.toString() ?? null,
    expiresAt?.toString() ?? null,
    rollover,
  ]
  const once = readKey(input.idempotencyKey, 'grant', values, issues)
  throwIssues(issues)
  const command = { kind: 'grant', once, amount, source, priority, effectiveAt, expiresAt, rollover, description } as const
  const { grant, isRepeat } = await applyToOwner(dependencies, input, ({ id: walletId }) => ({ ...command, walletId }))
  const wallet = await dependencies.store.wallet(ownerOf(input))
  if (grant === undefined || wallet === undefined) throw new Error('The store returned no grant.')
  return { grant, wallet, isRepeat }
}

/** Checks a priority. */
export function checkPriority(priority: number): Issue[] {
  return Number.isInteger(priority) && priority >= 0 && priority <= MAX_PRIORITY
    ? []
    : [{ path: 'priority', message: `must be an integer from 0 to ${MAX_PRIORITY}, not ${priority}` }]
}

/** Checks a rollover. */
export function readRollover(rollover: RolloverInput | undefined, issues: Issue[]): Rollover {
  if (rollover === undefined) return NO_ROLLOVER
  if (!('max' in rollover)) return rollover
  const max = readAmount(rollover.max)
  if (max === undefined || (rollover.kind === 'up_to_percentage' && max.gt(100))) {
    issues.push({
      path: 'rollover.max',
      message: rollover.kind === 'up_to_percentage' ? 'must be a percentage from 0 to 100' : 'must be a decimal of 0 or more',
    })
    return NO_ROLLOVER
  }
  return { kind: rollover.kind, max }
}

function checkExpiry(effectiveAt: Temporal.Instant, expiresAt: Temporal.Instant | null, now: Temporal.Instant): Issue[] {
  if (expiresAt === null) return []
  const { compare } = Temporal.Instant
  if (compare(expiresAt, effectiveAt) <= 0) return [{ path: 'expiresAt', message: `must be after effectiveAt (${effectiveAt.toString()})` }]
  return compare(expiresAt, now) <= 0 ? [{ path: 'expiresAt', message: `must be in the future; it is ${now.toString()} now` }] : []
}
