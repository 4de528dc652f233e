import { type Issue, Temporal } from '@tollgate/kernel'
import { inputShape, readTimeAt, shapeIssues, type TimeInput } from '@tollgate/kernel/input'
import { readDescription, readKey, throwIssues } from './check-input.ts'
import type { CreditDependencies } from './credit-dependencies.ts'
import { type Amount, readAmount, readPositive } from './model/amount.ts'
import { type Grant, GRANT_SOURCES, type GrantSource, STANDARD_PRIORITY } from './model/grant.ts'
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
  readonly effectiveAt?: TimeInput | null | undefined
  /** Defaults to never. */
  readonly expiresAt?: TimeInput | null | undefined
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
  const now = dependencies.clock.now(input.tenantId)
  const issues: Issue[] = []
  const amount = readPositive(input.amount, 'amount', issues)
  const rollover = readRollover(input.rollover, issues)
  const source = input.source ?? 'purchase'
  const priority = input.priority ?? STANDARD_PRIORITY
  const startsAt = readTimeAt('effectiveAt', input.effectiveAt, issues)
  const expiresAt = readTimeAt('expiresAt', input.expiresAt, issues)
  const description = readDescription(input.description, 'description', issues)
  if (!GRANT_SOURCES.includes(source)) issues.push({ path: 'source', message: `must be one of ${GRANT_SOURCES.join(', ')}` })
  if (MADE_BY_LEDGER.has(source)) issues.push({ path: 'source', message: 'cannot be TRANSFER, ROLLOVER or CORRECTION, which only the ledger makes' })
  issues.push(...checkPriority(priority), ...checkExpiry(startsAt, expiresAt))
  const values = [
    input.tenantId,
    input.customerId ?? null,
    amount.toFixed(),
    source,
    priority,
    startsAt?.toString() ?? null,
    expiresAt?.toString() ?? null,
    rollover,
  ]
  const once = readKey(input.idempotencyKey, 'grant', values, issues)
  throwIssues(issues)
  const command = { kind: 'grant', once, amount, source, priority, effectiveAt: startsAt ?? now, expiresAt, rollover, description } as const
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

const ROLLOVER_KINDS: ReadonlySet<unknown> = new Set(['none', 'all', 'up_to_amount', 'up_to_percentage'])
const PLAIN_ROLLOVER = inputShape<{ readonly kind: string }>({ kind: 'text' })
const BOUNDED_ROLLOVER = inputShape<{ readonly kind: string; readonly max: Amount }>({ kind: 'text', max: 'anything?' })

/** Checks a rollover. */
export function readRollover(rollover: RolloverInput | null | undefined, issues: Issue[]): Rollover {
  if (rollover === undefined || rollover === null) return NO_ROLLOVER
  if (!ROLLOVER_KINDS.has(rollover.kind)) {
    issues.push({ path: 'rollover', message: `must have a kind of ${[...ROLLOVER_KINDS].join(', ')}` })
    return NO_ROLLOVER
  }
  if (rollover.kind === 'none' || rollover.kind === 'all') {
    issues.push(...(shapeIssues(PLAIN_ROLLOVER, rollover, 'rollover') ?? []))
    return { kind: rollover.kind }
  }
  const bounded = rollover as Extract<RolloverInput, { readonly max: Amount }>
  issues.push(...(shapeIssues(BOUNDED_ROLLOVER, bounded, 'rollover') ?? []))
  const max = readAmount(bounded.max)
  if (max === undefined || (bounded.kind === 'up_to_percentage' && max.gt(100))) {
    issues.push({
      path: 'rollover.max',
      message: bounded.kind === 'up_to_percentage' ? 'must be a percentage from 0 to 100' : 'must be a decimal of 0 or more',
    })
    return NO_ROLLOVER
  }
  return { kind: bounded.kind, max }
}

/** Whether it has passed is checked with the key: a grant that has expired since is returned when it is repeated. */
function checkExpiry(effectiveAt: Temporal.Instant | null, expiresAt: Temporal.Instant | null): Issue[] {
  if (effectiveAt === null || expiresAt === null || Temporal.Instant.compare(expiresAt, effectiveAt) > 0) return []
  return [{ path: 'expiresAt', message: `must be after effectiveAt (${effectiveAt.toString()})` }]
}
