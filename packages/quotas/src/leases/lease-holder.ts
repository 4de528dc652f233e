import { Decimal, type IdSource, ZERO } from '@tollgate/kernel'
import type { Decided, LeaseCommand } from '../counters/command.ts'
import type { Counter } from '../counters/counter.ts'
import type { Demand, Verdict } from '../decisions/demand.ts'
import type { QuotaStore } from '../quota-store.ts'
import type { AskedQuestion } from '../decisions/remember-questions.ts'
import { Lease, type LeaseBooks, LeaseReading } from './lease.ts'
import type { LeaseSchedule } from './lease-schedule.ts'
import { USUAL_LEASE } from './lease-terms.ts'

/** What leases are taken with. */
export interface LeaseHolding {
  readonly store: QuotaStore
  readonly ids: IdSource
  readonly nowMs: () => number
  readonly schedule: LeaseSchedule
}

/** Takes headroom in chunks, and lets it be spent without asking. */
export interface LeaseHolder {
  /** Takes what is asked for, where every counter has a lease with room for it; undefined: ask the store. */
  spend(asked: AskedQuestion): Decided | undefined
  /** Gives back the leases of these counters; resolves when they are gone, or left to expire. */
  giveBack(isMeant: (counter: Counter) => boolean): Promise<void>
  /** Gives back all, and takes no more. */
  stop(): Promise<void>
}

/** What was spent is reported so often, at the latest. */
export const REPORT_MS = 250
/** What cannot be had is not asked for again for so many reports. */
const REPORTS_OF_REST = 4
const FIRST_REQUESTS = 32
/** A lease that is used up sooner is not worth the way to the store: in requests, and in hundredths of what is wanted. */
const MIN_REQUESTS = 8
const MIN_PART = 100
const MAX_GROWTH = 8
const MAX_UNITS = 2 ** 50

/**
 * Holds leases for the questions of this process. A chunk is what is spent from one report to the next, twice over; it
 * grows as fast as it is used up, and is given back when nothing was spent of it. A lease that the store does not answer
 * about is left to expire: what was spent of it may have been reported, or not, and is counted then.
 */
export function leaseHolder({ store, ids, nowMs, schedule }: LeaseHolding): LeaseHolder {
  const leases = new Map<string, Lease>()
  /** Counters that were asked for since the last report, and have no lease: the second request asks for one. */
  let asked = new Set<string>()
  const resting = new Map<string, number>()
  const renewals = new Map<Lease, Promise<void>>()
  let reports = 0
  let stopReports: (() => void) | undefined
  let hearing: Promise<() => Promise<void>> | undefined
  let isStopped = false

  function start(): void {
    stopReports ??= schedule.every(REPORT_MS, report)
    hearing ??= store.onRecall(isMeant => void giveBack(isMeant))
    hearing.catch(() => (hearing = undefined))
  }

  function report(): void {
    reports += 1
    asked = new Set()
    for (const [key, until] of resting) if (until <= reports) resting.delete(key)
    for (const lease of leases.values()) {
      const { isBusy } = lease
      if (lease.isRenewing) continue
      if (lease.spent.isZero() && !isBusy) void end(lease)
      else renew(lease)
      lease.isBusy = false
    }
  }

  /** Reports, and asks for what would be spent until the report after the next one, as fast as it is spent now. */
  function renew(lease: Lease): void {
    const now = nowMs()
    const elapsedMs = Math.max(1, now - lease.renewedAtMs)
    lease.renewedAtMs = now
    lease.isBusy = true
    const spent = lease.report()
    const pace = Decimal.min(
      MAX_UNITS,
      spent
        .times(2 * REPORT_MS)
        .div(elapsedMs)
        .ceil(),
    )
    const least = firstOf(lease.demand.amount)
    const most = Decimal.max(least, Decimal.min(lease.wanted * MAX_GROWTH, MAX_UNITS))
    void send(lease, spent, Decimal.min(most, Decimal.max(least, pace)))
  }

  function send(lease: Lease, spent: Decimal, wanted: Decimal): Promise<void> {
    lease.isRenewing = true
    lease.wanted = Number(wanted.toFixed())
    const sent = store
      .apply(commandOf(lease, spent, wanted))
      .then(
        outcome => {
          if (outcome.kind !== 'leased') throw new Error(`A lease cannot come to ${outcome.kind}`)
          lease.renewed(outcome.held, outcome.reading)
          return outcome.recalled || outcome.held.isZero() ? 'end' : 'keep'
        },
        () => 'abandon',
      )
      .then(then => {
        lease.isRenewing = false
        renewals.delete(lease)
        if (then === 'abandon' || wanted.isZero()) forget(lease)
        else if (then === 'end') return end(lease)
        return undefined
      })
    renewals.set(lease, sent)
    return sent
  }

  function commandOf({ id, demand, revision }: Lease, spent: Decimal, wanted: Decimal): LeaseCommand {
    const now = nowMs()
    const { ttlSeconds } = demand.policy.lease ?? USUAL_LEASE
    const told = { ...demand, amount: spent, atMs: now }
    const least = Decimal.max(demand.amount.times(MIN_REQUESTS), wanted.div(MIN_PART))
    const { tenantId } = demand.counter
    return { kind: 'lease', tenantId, revision, nowMs: now, leaseId: id, demand: told, wanted, least, expiresAtMs: now + ttlSeconds * 1_000 }
  }

  /** Nothing more is spent of it; what was is reported, and the rest given back. */
  async function end(lease: Lease): Promise<void> {
    lease.isOver = true
    await renewals.get(lease)
    if (leases.get(lease.demand.counter.key) !== lease) return
    await (renewals.get(lease) ?? send(lease, lease.report(), ZERO))
  }

  function forget(lease: Lease): void {
    const { key } = lease.demand.counter
    lease.isOver = true
    leases.delete(key)
    resting.set(key, reports + REPORTS_OF_REST)
  }

  async function giveBack(isMeant: (counter: Counter) => boolean): Promise<void> {
    await Promise.all([...leases.values()].flatMap(lease => (isMeant(lease.demand.counter) ? [end(lease)] : [])))
  }

  /** The lease of a counter, if it is one of this policy; without one, asks for one if it is asked for again and again. */
  function leaseOf(demand: Demand, { policies: { revision } }: AskedQuestion): Lease | undefined {
    const { key } = demand.counter
    const lease = leases.get(key)
    if (lease !== undefined) {
      if (lease.demand.policy !== demand.policy && !lease.isOver) void end(lease)
      return lease.isOver ? undefined : lease
    }
    if (isStopped || resting.has(key)) return undefined
    start()
    if (!asked.has(key)) {
      asked.add(key)
      return undefined
    }
    const taken = new Lease(ids.uuidV7(nowMs()), demand, revision)
    taken.renewedAtMs = nowMs()
    taken.isBusy = true
    leases.set(key, taken)
    void send(taken, ZERO, firstOf(demand.amount))
    return undefined
  }

  function spendOf(lease: Lease | undefined, { amount }: Demand, whole: number | null): boolean {
    if (lease === undefined) return false
    const isSpent = lease.spend(amount, whole)
    if (!lease.isRenewing && (!isSpent || lease.isLow)) renew(lease)
    return isSpent
  }

  function spendAll(question: AskedQuestion): Decided | undefined {
    const { demands } = question.demands
    const found = demands.map(demand => leaseOf(demand, question))
    for (let i = 0; i < demands.length; i++) {
      const demand = demands[i] as Demand
      if (spendOf(found[i], demand, question.wholes[i] ?? null)) continue
      for (let taken = 0; taken < i; taken++) found[taken]?.unspend((demands[taken] as Demand).amount)
      return undefined
    }
    return new SpentOfLeases(demands, found as readonly Lease[])
  }

  return {
    spend(question) {
      if (!question.isLeased || isStopped) return undefined
      const [demand, more] = question.demands.demands
      if (demand === undefined || more !== undefined) return demand && spendAll(question)
      const lease = leaseOf(demand, question)
      if (!spendOf(lease, demand, question.wholes[0] ?? null)) return undefined
      return new SpentOfLease(demand, lease as Lease)
    },
    giveBack,
    async stop() {
      isStopped = true
      stopReports?.()
      const stopHearing = await hearing?.catch(() => undefined)
      await stopHearing?.()
      await giveBack(() => true)
    },
  }
}

function firstOf(amount: Decimal): Decimal {
  return Decimal.min(MAX_UNITS, Decimal.max(1, amount.times(FIRST_REQUESTS).ceil()))
}

/** What is told to a caller whose amount was spent of a lease. What it shows is worked out when it is read, of what it was then. */
class SpentOfLease implements Decided {
  readonly kind = 'decided'
  readonly allowed = true
  readonly #demand: Demand
  readonly #books: LeaseBooks
  readonly #whole: number

  constructor(demand: Demand, { books, whole }: Lease) {
    this.#demand = demand
    this.#books = books
    this.#whole = whole
  }

  get verdicts(): readonly Verdict[] {
    const { used, reserved, steps } = new LeaseReading(this.#books, this.#whole)
    return [{ used, reserved, steps, demand: this.#demand, refusal: null }]
  }
}

/** The same of several leases. */
class SpentOfLeases implements Decided {
  readonly kind = 'decided'
  readonly allowed = true
  readonly #spent: readonly SpentOfLease[]

  constructor(demands: readonly Demand[], leases: readonly Lease[]) {
    this.#spent = demands.map((demand, i) => new SpentOfLease(demand, leases[i] as Lease))
  }

  get verdicts(): readonly Verdict[] {
    return this.#spent.flatMap(({ verdicts }) => verdicts)
  }
}
