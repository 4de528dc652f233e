import { billingPeriodContaining, checkText, InvalidInput, type Issue, Temporal, timeZone } from '@tollgate/kernel'
import { readTimeAt, type TimeInput } from '@tollgate/kernel/input'
import { throwIssues } from './check-input.ts'
import type { CreditDependencies } from './credit-dependencies.ts'
import type { OwnerInput } from './owner.ts'
import { checkPriority, readRollover, type RolloverInput } from './grant-credits.ts'
import { type Amount, readPositive } from './model/amount.ts'
import { STANDARD_PRIORITY } from './model/grant.ts'
import type { Wallet } from './model/wallet.ts'
import { applyToOwner, findWallet } from './open-wallet.ts'

/** Credits that a wallet gets at the start of each billing period. */
export interface AllowanceInput extends OwnerInput {
  /** Names the allowance in its wallet, such as the plan that gives it. The same id replaces it from the next period on. */
  readonly id: string
  readonly amount: Amount
  /** Day of the month on which periods start, 1 to 31. Defaults to 1. */
  readonly anchorDay?: number | undefined
  /** IANA time zone of the periods. Defaults to UTC. */
  readonly timeZone?: string | undefined
  /** Defaults to none: what is left at the end of a period expires. */
  readonly rollover?: RolloverInput | undefined
  readonly priority?: number | undefined
  /** The first grant is made at this time, for the rest of its period: at most a year ago. Defaults to now, or to the next period of the allowance that is replaced. */
  readonly startsAt?: TimeInput | null | undefined
  /** Defaults to never. */
  readonly endsAt?: TimeInput | null | undefined
}

const MAX_ALLOWANCE_ID_LENGTH = 128
const MAX_HOURS_AGO = 366 * 24

/** Sets the credits that a wallet gets each billing period. */
export async function setAllowance(dependencies: CreditDependencies, input: AllowanceInput): Promise<Wallet> {
  const now = dependencies.clock.now(input.tenantId)
  const issues: Issue[] = [...checkText('id', input.id, { max: MAX_ALLOWANCE_ID_LENGTH })]
  const amount = readPositive(input.amount, 'amount', issues)
  const rollover = readRollover(input.rollover, issues)
  const anchorDay = input.anchorDay ?? 1
  const priority = input.priority ?? STANDARD_PRIORITY
  const startsAt = readTimeAt('startsAt', input.startsAt, issues)
  const endsAt = readTimeAt('endsAt', input.endsAt, issues)
  const nextAt = startsAt ?? now
  issues.push(...checkPriority(priority))
  if (Temporal.Instant.compare(nextAt, now.subtract({ hours: MAX_HOURS_AGO })) < 0) issues.push({ path: 'startsAt', message: 'must be at most a year ago' })
  const zone = readZone(input.timeZone ?? 'UTC', issues)
  if (issues.length === 0) collectIssues(() => billingPeriodContaining(nextAt, { anchorDay }, zone), issues)
  throwIssues(issues)
  const allowance = { id: input.id, amount, priority, rollover, anchorDay, timeZone: zone, nextAt, endsAt }
  const keepsPeriod = startsAt === null
  await applyToOwner(dependencies, input, ({ id: walletId }) => ({ kind: 'set_allowance', walletId, allowance, keepsPeriod }))
  return findWallet(dependencies, input)
}

function readZone(name: string, issues: Issue[]): string {
  return collectIssues(() => timeZone(name), issues) ?? 'UTC'
}

function collectIssues<Value>(read: () => Value, issues: Issue[]): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error
    issues.push(...error.issues)
    return undefined
  }
}
