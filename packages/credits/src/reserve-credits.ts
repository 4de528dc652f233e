import { checkText, type Issue, type Temporal, ZERO } from '@tollgate/kernel'
import { throwIssues } from './check-input.ts'
import type { CreditDependencies } from './credit-dependencies.ts'
import { decisionOf, type CreditDecision } from './credit-decision.ts'
import type { Applied } from './engine/outcome.ts'
import { makeDebit, type ReasonInput } from './make-debit.ts'
import type { OwnerInput } from './owner.ts'
import { type Amount, readAmount, readPositive } from './model/amount.ts'
import { CreditReservationNotFound } from './model/errors.ts'
import { MAX_RESERVATION_SECONDS } from './model/limits.ts'
import type { CreditReservation } from './model/reservation.ts'
import { appliedOf, outcomeOf } from './outcome-of.ts'

/** An amount to hold. */
export interface ReserveCreditsInput extends OwnerInput {
  readonly amount: Amount
  /** Unique in the tenant. Made if omitted. */
  readonly reservationId?: string | undefined
  /** 1 second to one day. Defaults to 5 minutes. */
  readonly ttlSeconds?: number | undefined
}

/** A reservation to settle with what was used. */
export interface SettleCreditsInput extends ReasonInput {
  readonly tenantId: string
  readonly reservationId: string
  /** 0 or more; may be more than what was held. */
  readonly amount: Amount
}

/** A reservation whose end moves to `ttlSeconds` from now. */
export interface ExtendCreditsInput {
  readonly tenantId: string
  readonly reservationId: string
  readonly ttlSeconds: number
}

const STANDARD_TTL_SECONDS = 300
const MAX_RESERVATION_ID_LENGTH = 128

/** Holds an amount if it fits. */
export async function reserveCredits(dependencies: CreditDependencies, input: ReserveCreditsInput): Promise<CreditDecision> {
  const { store, clock, ids } = dependencies
  const now = clock.now(input.tenantId)
  const issues: Issue[] = []
  const amount = readPositive(input.amount, 'amount', issues)
  const expiresAt = readEnd(now, input.ttlSeconds ?? STANDARD_TTL_SECONDS, issues)
  const reservationId = input.reservationId ?? ids.uuidV7(now.epochMilliseconds)
  issues.push(...checkText('reservationId', reservationId, { max: MAX_RESERVATION_ID_LENGTH }))
  throwIssues(issues)
  const { tenantId } = input
  const walletId = await dependencies.walletIds.of(input)
  return decisionOf(outcomeOf(await store.apply({ tenantId, commands: [{ kind: 'reserve', walletId, reservationId, amount, expiresAt }], now })))
}

/** Ends a reservation and debits the actual amount. */
export async function settleReservation(dependencies: CreditDependencies, input: SettleCreditsInput): Promise<CreditDecision> {
  const now = dependencies.clock.now(input.tenantId)
  const issues: Issue[] = []
  const amount = readAmount(input.amount)
  if (amount === undefined) issues.push({ path: 'amount', message: 'must be a decimal of 0 or more' })
  const debit = makeDebit({ amount: amount ?? ZERO, now, input }, issues)
  throwIssues(issues)
  const { tenantId, reservationId } = input
  const walletId = await walletOfReservation(dependencies, input)
  const command = { kind: 'settle', walletId, reservationId, debit, isRecorded: false } as const
  return decisionOf(appliedOf(await dependencies.store.apply({ tenantId, commands: [command], now })))
}

/** Ends a reservation without a debit. */
export async function releaseReservation(
  dependencies: CreditDependencies,
  input: { readonly tenantId: string; readonly reservationId: string },
): Promise<CreditReservation> {
  const { tenantId, reservationId } = input
  const walletId = await walletOfReservation(dependencies, { tenantId, reservationId })
  return reservationOf(
    appliedOf(await dependencies.store.apply({ tenantId, commands: [{ kind: 'release', walletId, reservationId }], now: dependencies.clock.now(tenantId) })),
  )
}

/** Moves the end of a reservation. */
export async function extendReservation(dependencies: CreditDependencies, input: ExtendCreditsInput): Promise<CreditReservation> {
  const { tenantId, reservationId, ttlSeconds } = input
  const now = dependencies.clock.now(tenantId)
  const issues: Issue[] = []
  const expiresAt = readEnd(now, ttlSeconds, issues)
  throwIssues(issues)
  const walletId = await walletOfReservation(dependencies, { tenantId, reservationId })
  return reservationOf(appliedOf(await dependencies.store.apply({ tenantId, commands: [{ kind: 'extend', walletId, reservationId, expiresAt }], now })))
}

async function walletOfReservation({ store }: CreditDependencies, { tenantId, reservationId }: { readonly tenantId: string; readonly reservationId: string }) {
  const walletId = await store.walletIdOf(tenantId, { reservationId })
  if (walletId === undefined) throw new CreditReservationNotFound(reservationId)
  return walletId
}

function reservationOf({ reservation }: Applied): CreditReservation {
  if (reservation === undefined) throw new Error('The store returned no reservation.')
  return reservation
}

function readEnd(now: Temporal.Instant, ttlSeconds: number, issues: Issue[]): Temporal.Instant {
  if (Number.isInteger(ttlSeconds) && ttlSeconds >= 1 && ttlSeconds <= MAX_RESERVATION_SECONDS) return now.add({ seconds: ttlSeconds })
  issues.push({ path: 'ttlSeconds', message: `must be an integer from 1 to ${MAX_RESERVATION_SECONDS}, not ${ttlSeconds}` })
  return now
}
