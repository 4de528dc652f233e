import { type Decimal, type IdSource, ZERO } from '@tollgate/kernel'
import type { CounterStore } from './counter-store.ts'
import type { LeaseCommand } from './engine/commands/lease.ts'
import type { Decided } from './engine/commands/outcome.ts'
import type { Demand } from './engine/demands/demand.ts'
import type { PreparedQuestion } from './engine/demands/remember-questions.ts'
import { Lease } from './engine/leases/lease.ts'
import { LeaseDecision, MultiLeaseDecision } from './engine/leases/lease-decision.ts'
import type { LeaseSchedule } from './lease-schedule.ts'
import type { LeaseStore } from './lease-store.ts'
import type { Counter } from './model/counters/counter.ts'
import { firstLeaseSize, LEASE_REPORT_MS, minLeaseSize, nextLeaseSize } from './model/leases/lease-size.ts'
import { DEFAULT_LEASE } from './model/leases/lease-terms.ts'

/** What leases are held with. */
export interface LeaseDependencies {
  readonly store: Pick<CounterStore, 'apply'> & Pick<LeaseStore, 'onRecall'>
  readonly ids: IdSource
  readonly nowMs: () => number
  /** Whether a tenant may have leases. Defaults to all. */
  readonly mayLease?: ((tenantId: string) => boolean) | undefined
  readonly schedule: LeaseSchedule
}

/** Holds leases, and spends them without asking the store. */
export interface LeaseHolder {
  /** Spends what a question needs, if every counter has a lease with enough left. Otherwise returns undefined, and the store must decide. */
  spend(question: PreparedQuestion): Decided | undefined
  /** Returns the leases of the counters that match. Resolves when they are returned or left to expire. */
  returnLeases(matches: (counter: Counter) => boolean): Promise<void>
  /** Returns all leases, and takes no more. */
  stop(): Promise<void>
}

/** Reports to wait before asking again, after a lease was refused or lost. */
const REPORTS_TO_REST = 4

/**
 * Holds leases for this process. A lease is enough for two report intervals at the current rate. It grows with the rate, and is
 * returned when nothing was spent. A lease whose command failed is left to expire: the store may or may not have counted
 * the report, and counts the whole lease as used when it expires.
 */
export function holdLeases({ store, ids, nowMs, mayLease, schedule }: LeaseDependencies): LeaseHolder {
  const leases = new Map<string, Lease>()
  /** Counters without a lease that were used since the last report. The second use requests a lease. */
  let usedOnce = new Set<string>()
  /** By counter key: the report until which no lease is requested. */
  const resting = new Map<string, number>()
  const renewals = new Map<Lease, Promise<void>>()
  let reports = 0
  let stopReports: (() => void) | undefined
  let listening: Promise<() => Promise<void>> | undefined
  let isStopped = false

  function start(): void {
    stopReports ??= schedule.every(LEASE_REPORT_MS, report)
    listening ??= store.onRecall(matches => void returnLeases(matches))
    listening.catch(() => (listening = undefined))
  }

  function report(): void {
    reports += 1
    usedOnce = new Set()
    for (const [key, until] of resting) if (until <= reports) resting.delete(key)
    for (const lease of leases.values()) {
      const { isBusy } = lease
      if (lease.isRenewing) continue
      if (lease.spent.isZero() && !isBusy) void end(lease)
      else renew(lease)
      lease.isBusy = false
    }
  }

  /** Reports what was spent, and requests what will be spent until the report after the next one. */
  function renew(lease: Lease): void {
    const now = nowMs()
    const elapsedMs = Math.max(1, now - lease.renewedAtMs)
    lease.renewedAtMs = now
    lease.isBusy = true
    const spent = lease.report()
    void send(lease, spent, nextLeaseSize({ amount: lease.demand.amount, spent, elapsedMs, requested: lease.requested }))
  }

  function send(lease: Lease, spent: Decimal, requested: Decimal): Promise<void> {
    lease.isRenewing = true
    lease.requested = Number(requested.toFixed())
    const sent = store
      .apply(commandOf(lease, spent, requested))
      .then(
        outcome => {
          if (outcome.kind !== 'leased') throw new Error(`A lease command cannot have the outcome ${outcome.kind}`)
          lease.renewed(outcome.held, outcome.reading)
          return outcome.recalled || outcome.held.isZero() ? 'end' : 'keep'
        },
        () => 'abandon',
      )
      .then(then => {
        lease.isRenewing = false
        renewals.delete(lease)
        if (then === 'abandon' || requested.isZero()) forget(lease)
        else if (then === 'end') return end(lease)
        return undefined
      })
    renewals.set(lease, sent)
    return sent
  }

  function commandOf({ id, demand, revision }: Lease, spent: Decimal, requested: Decimal): LeaseCommand {
    const now = nowMs()
    const { ttlSeconds } = demand.policy.lease ?? DEFAULT_LEASE
    return {
      kind: 'lease',
      tenantId: demand.counter.tenantId,
      revision,
      nowMs: now,
      leaseId: id,
      demand: { ...demand, amount: spent, atMs: now },
      requested,
      min: minLeaseSize(demand.amount, requested),
      expiresAtMs: now + ttlSeconds * 1_000,
    }
  }

  /** Stops spending from a lease, reports what was spent, and returns the rest. */
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
    resting.set(key, reports + REPORTS_TO_REST)
  }

  async function returnLeases(matches: (counter: Counter) => boolean): Promise<void> {
    await Promise.all([...leases.values()].flatMap(lease => (matches(lease.demand.counter) ? [end(lease)] : [])))
  }

  /** Returns the lease of a counter, if it was made with the same policy. Requests one at the second use between reports. */
  function leaseOf(demand: Demand, { policies: { revision } }: PreparedQuestion): Lease | undefined {
    const { key } = demand.counter
    const lease = leases.get(key)
    if (lease !== undefined) {
      if (lease.demand.policy !== demand.policy && !lease.isOver) void end(lease)
      return lease.isOver ? undefined : lease
    }
    if (isStopped || resting.has(key) || mayLease?.(demand.counter.tenantId) === false) return undefined
    start()
    if (!usedOnce.has(key)) {
      usedOnce.add(key)
      return undefined
    }
    const taken = new Lease(ids.uuidV7(nowMs()), demand, revision)
    taken.renewedAtMs = nowMs()
    taken.isBusy = true
    leases.set(key, taken)
    void send(taken, ZERO, firstLeaseSize(demand.amount))
    return undefined
  }

  function spendFrom(lease: Lease | undefined, { amount }: Demand, integerAmount: number | null): boolean {
    if (lease === undefined) return false
    const isSpent = lease.spend(amount, integerAmount)
    if (!lease.isRenewing && (!isSpent || lease.isLow)) renew(lease)
    return isSpent
  }

  function spendAll(question: PreparedQuestion): Decided | undefined {
    const { demands } = question.demands
    const found = demands.map(demand => leaseOf(demand, question))
    for (let i = 0; i < demands.length; i++) {
      const demand = demands[i] as Demand
      if (spendFrom(found[i], demand, question.integerAmounts[i] ?? null)) continue
      for (let taken = 0; taken < i; taken++) found[taken]?.unspend((demands[taken] as Demand).amount)
      return undefined
    }
    return new MultiLeaseDecision(demands, found as readonly Lease[])
  }

  return {
    spend(question) {
      if (!question.isLeased || isStopped) return undefined
      const [demand, more] = question.demands.demands
      if (demand === undefined || more !== undefined) return demand && spendAll(question)
      const lease = leaseOf(demand, question)
      if (!spendFrom(lease, demand, question.integerAmounts[0] ?? null)) return undefined
      return new LeaseDecision(demand, lease as Lease)
    },
    returnLeases,
    async stop() {
      isStopped = true
      stopReports?.()
      const stopListening = await listening?.catch(() => undefined)
      await stopListening?.()
      await returnLeases(() => true)
    },
  }
}
