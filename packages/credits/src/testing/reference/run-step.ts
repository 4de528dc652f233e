import { Decimal, type SettableClock, Temporal, type Transaction, ZERO } from '@tollgate/kernel'
import type { CreditDecision } from '../../credit-decision.ts'
import type { Credits } from '../../credits.ts'
import type { UsageToDebit } from '../../debit-usage.ts'
import { debitUsages } from '../builders/wallets.ts'
import { Fraction } from './fraction.ts'
import type { LedgerStep } from './ledger-step.ts'
import type { KeyedCall, ReferenceCredits } from './reference-credits.ts'

const HOUR = 3_600_000
const TENANT = 'acme'
/** Debits one credit per USD of cost, so that corrected costs correct debits. */
export const PRICED = 'priced'

/** Credits under test, their reference, and what the steps have made so far. */
export interface Comparison {
  readonly credits: Credits
  readonly reference: ReferenceCredits
  readonly clock: SettableClock
  readonly transaction: <Result>(tenantId: string, work: (transaction: Transaction) => Promise<Result>) => Promise<Result>
  readonly calls: KeyedCall[]
  readonly reservations: string[]
  /** Idempotency keys of grants, and their ids if they were made. */
  readonly grants: { readonly key: string; readonly id: string }[]
  readonly events: string[]
}

/** The outcome of a step under test and in the reference: "ok", "refused" or the code of the error. */
export type StepOutcome = readonly [actual: string, expected: string]

/** Takes a step in both. `position` names what it makes. */
export async function runStep(comparison: Comparison, step: LedgerStep, position: number): Promise<StepOutcome> {
  const { credits, reference, clock } = comparison
  const pickOf = <Item>(items: readonly Item[], pick: number): Item | undefined => items[items.length - 1 - (pick % Math.max(items.length, 1))]
  switch (step.kind) {
    case 'wait':
      clock.advance({ hours: step.hours })
      reference.moveTo(clock.now().epochMilliseconds)
      return ['ok', 'ok']
    case 'grant': {
      const effectiveAt = reference.now + step.startsIn * HOUR
      const expiresAt = step.lasts === null ? Infinity : effectiveAt + step.lasts * HOUR
      const { owner, amount, priority, rollover } = step
      return call(comparison, { kind: 'grant', key: `${position}`, owner, amount, priority, effectiveAt, expiresAt, rollover })
    }
    case 'spend':
      return call(comparison, { kind: 'spend', key: `${position}`, owner: step.owner, amount: step.amount })
    case 'transfer':
      return call(comparison, { kind: 'transfer', key: `${position}`, owner: step.from, to: step.to, amount: step.amount })
    case 'repeat': {
      const known = pickOf(comparison.calls, step.pick)
      return known === undefined ? ['ok', 'ok'] : call(comparison, step.otherAmount ? { ...known, amount: '1000' } : known)
    }
    case 'debit': {
      const events = step.amounts.map((amount, i) => ({ eventId: eventIdOf(position, i), amount }))
      for (const { eventId } of events) comparison.events.push(eventId)
      const actual = outcomeOf(debit(comparison, ...events.map(({ eventId, amount }) => ({ eventId, customerId: step.owner, cost: new Decimal(amount) }))))
      return [await actual, events.map(({ eventId, amount }) => reference.debit(eventId, step.owner, Fraction.of(amount))).at(-1) ?? 'ok']
    }
    case 'settle_by_event': {
      const reservationId = pickOf(comparison.reservations, step.pick) ?? 'none'
      const usage = { eventId: eventIdOf(position), customerId: step.owner, credits: new Decimal(step.amount), reservationId }
      return [await outcomeOf(debit(comparison, usage)), reference.settleByEvent(reservationId, step.owner, Fraction.of(step.amount))]
    }
    case 'correct': {
      const eventId = pickOf(comparison.events, step.pick)
      if (eventId === undefined) return ['ok', 'ok']
      const actual = comparison.transaction(TENANT, within =>
        credits.correctIn(within, [{ ...NO_USAGE, occurredAt: clock.now(), eventId, cost: new Decimal(step.cost) }]),
      )
      return [await outcomeOf(actual), reference.correct(eventId, Fraction.of(step.cost))]
    }
    case 'reserve': {
      const { owner: customerId, amount, hours } = step
      const reservationId = `reservation-${position.toString().padStart(3, '0')}`
      comparison.reservations.push(reservationId)
      const actual = outcomeOf(
        decided(comparison, customerId, credits.reserve({ tenantId: TENANT, customerId, amount, reservationId, ttlSeconds: hours * 3_600 })),
      )
      return [await actual, reference.reserve(reservationId, customerId, Fraction.of(amount), reference.now + hours * HOUR)]
    }
    case 'settle': {
      const reservationId = pickOf(comparison.reservations, step.pick) ?? 'none'
      const actual = outcomeOf(credits.settle({ tenantId: TENANT, reservationId, amount: step.amount }))
      return [await actual, reference.settle(reservationId, Fraction.of(step.amount))]
    }
    case 'release': {
      const reservationId = pickOf(comparison.reservations, step.pick) ?? 'none'
      return [await outcomeOf(credits.release({ tenantId: TENANT, reservationId })), reference.release(reservationId)]
    }
    case 'extend': {
      const reservationId = pickOf(comparison.reservations, step.pick) ?? 'none'
      const actual = outcomeOf(credits.extend({ tenantId: TENANT, reservationId, ttlSeconds: step.hours * 3_600 }))
      return [await actual, reference.extend(reservationId, reference.now + step.hours * HOUR)]
    }
    case 'void': {
      const { key, id } = pickOf(comparison.grants, step.pick) ?? { key: 'none', id: 'none' }
      const actual = outcomeOf(credits.voidGrant({ tenantId: TENANT, grantId: id, amount: step.amount, reason: 'mistake' }))
      return [await actual, reference.void(key, step.amount === null ? null : Fraction.of(step.amount))]
    }
    case 'terms': {
      const { owner: customerId, whenEmpty } = step
      const overdraft = {
        block: Fraction.ZERO,
        allow: 'infinite',
        overdraft: whenEmpty.kind === 'overdraft' ? Fraction.of(whenEmpty.limit) : Fraction.ZERO,
      } as const
      return [await outcomeOf(credits.setTerms({ tenantId: TENANT, customerId, whenEmpty })), reference.setOverdraft(customerId, overdraft[whenEmpty.kind])]
    }
    case 'allowance': {
      const { owner: customerId, id, amount, anchorDay, priority, rollover, lastsDays } = step
      const endsAt = lastsDays === null ? null : clock.now().add({ hours: 24 * lastsDays })
      const actual = outcomeOf(credits.setAllowance({ tenantId: TENANT, customerId, id, amount, anchorDay, priority, rollover, endsAt }))
      const expected = { amount: Fraction.of(amount), anchorDay, priority, rollover, endsAt: endsAt?.epochMilliseconds ?? Infinity }
      return [await actual, reference.setAllowance(customerId, id, expected)]
    }
  }
}

async function call(comparison: Comparison, keyed: KeyedCall): Promise<StepOutcome> {
  const { credits, reference, calls, grants } = comparison
  calls.push(keyed)
  const { key: idempotencyKey, owner: customerId, amount } = keyed
  const named = { tenantId: TENANT, customerId, amount, idempotencyKey }
  const make = async () => {
    switch (keyed.kind) {
      case 'grant': {
        const { priority, rollover, effectiveAt, expiresAt } = keyed
        const at = { effectiveAt: instantOf(effectiveAt), expiresAt: expiresAt === Infinity ? null : instantOf(expiresAt) }
        const { grant, isRepeat } = await credits.grant({ ...named, ...at, priority, rollover })
        if (!isRepeat) grants.push({ key: idempotencyKey, id: grant.id })
        return
      }
      case 'spend':
        return decided(comparison, customerId, credits.spend(named))
      case 'transfer':
        await credits.transfer({ tenantId: TENANT, fromCustomerId: customerId, toCustomerId: keyed.to, amount, idempotencyKey })
    }
  }
  return [await outcomeOf(make()), reference.keyed(keyed)]
}

/** Checks that a decision left at least minus the overdraft. */
async function decided({ credits }: Comparison, customerId: string | null, decision: Promise<CreditDecision>): Promise<CreditDecision> {
  const made = await decision
  const whenEmpty = (await credits.wallet({ tenantId: TENANT, customerId }))?.wallet.terms.whenEmpty
  const isRepeat = made.entry === null && made.reservation === null
  if (!made.allowed || isRepeat || whenEmpty === undefined || whenEmpty.kind === 'allow') return made
  const least = ZERO.minus(whenEmpty.kind === 'overdraft' ? whenEmpty.limit : ZERO)
  if (made.available.lt(least)) throw new Error(`A decision left ${made.available.toFixed()} credits, and at least ${least.toFixed()} have to be left.`)
  return made
}

async function outcomeOf(made: Promise<unknown>): Promise<string> {
  try {
    const result = await made
    return typeof result === 'object' && result !== null && 'allowed' in result && result.allowed === false ? 'refused' : 'ok'
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
    throw error
  }
}

type Usage = Partial<UsageToDebit> & { readonly eventId: string }

function debit({ credits, clock, transaction }: Comparison, ...usages: readonly Usage[]) {
  return transaction(TENANT, within =>
    debitUsages(
      credits,
      within,
      usages.map(usage => ({ ...NO_USAGE, occurredAt: clock.now(), ...usage })),
    ),
  )
}

const NO_USAGE = {
  tenantId: TENANT,
  customerId: null,
  operation: PRICED,
  provider: null,
  model: null,
  tokens: null,
  quantity: null,
  cost: null,
  credits: null,
  description: null,
  resourceType: null,
  resourceId: null,
  reservationId: null,
}

const instantOf = (time: number) => Temporal.Instant.fromEpochMilliseconds(time)

function eventIdOf(position: number, index = 0): string {
  return `00000000-0000-7000-900${index}-${position.toString().padStart(12, '0')}`
}
