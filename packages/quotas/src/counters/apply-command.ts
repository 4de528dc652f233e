import { Decimal, ZERO } from '@tollgate/kernel'
import type {
  Decided,
  DecideCommand,
  Done,
  ExtendCommand,
  LeaseCommand,
  Leased,
  OpenCommand,
  QuotaCommand,
  QuotaOutcome,
  Recalling,
  RecordCommand,
  ReleaseCommand,
} from './command.ts'
import type { Counter } from './counter.ts'
import type { Demand } from '../decisions/demand.ts'
import { judgeDemands } from '../decisions/judge-demands.ts'
import { renewLease } from '../leases/apply-lease.ts'
import {
  addHold,
  type CounterState,
  countUse,
  dropHold,
  expireHolds,
  newCounter,
  type QuotaState,
  type ReservationRecord,
  slideCounter,
} from './quota-state.ts'
import { raiseAlerts } from '../alerts/raise-alerts.ts'
import type { ReservationState } from '../reservations/reservation.ts'

/**
 * What every command does, in every store. A store sees to it that the state is as the command before left it, and that
 * no other command touches it meanwhile; then what is decided here is exact.
 */
export function applyCommand(state: QuotaState, command: QuotaCommand): QuotaOutcome {
  switch (command.kind) {
    case 'decide':
      return isStale(state, command) ? { kind: 'stale' } : decide(state, command)
    case 'record':
      return isStale(state, command) ? { kind: 'stale' } : recordUsage(state, command)
    case 'release':
      return release(state, command)
    case 'extend':
      return extend(state, command)
    case 'open':
      return openCounter(state, command)
    case 'lease':
      return lease(state, command)
  }
}

function isStale(state: QuotaState, { tenantId, revision }: DecideCommand | RecordCommand | LeaseCommand): boolean {
  return state.revisionOf(tenantId) !== revision
}

function decide(state: QuotaState, { demands, reservation, recalls, nowMs }: DecideCommand): Decided | Recalling {
  const counters = demands.map(({ counter }) => counterAt(state, counter, nowMs))
  const refusals = judgeDemands(demands, i => counters[i] ?? newCounter(), reservation !== null)
  const allowed = refusals.every(refusal => refusal === null)
  if (!allowed && recalls && refusals.every(refusal => refusal === null || refusal === 'over_limit') && recallLeases(state, demands, counters))
    return { kind: 'recalling' }
  if (allowed) {
    demands.forEach((demand, i) => {
      const counter = counters[i] ?? newCounter()
      if (reservation === null) use(state, counter, demand, nowMs)
      else addHold(counter, reservation.id, { amount: demand.amount, expiresAtMs: reservation.expiresAtMs, revision: null })
    })
    if (reservation !== null) {
      const held = new Set(demands.map(({ counter }) => counter.key))
      state.reservations.set(reservation.id, { reservation, closed: null, expiresAtMs: reservation.expiresAtMs, counters: [...held] })
    }
  }
  demands.forEach((demand, i) => alertOfLapse(state, counters[i], demand, nowMs))
  const verdicts = demands.map((demand, i) => {
    const { used, reserved, steps } = counterAt(state, demand.counter, nowMs)
    return { demand, refusal: refusals[i] ?? null, used, reserved, steps }
  })
  return { kind: 'decided', allowed, verdicts }
}

function recordUsage(state: QuotaState, { tenantId, demands, settles, onlyIfOpen, nowMs }: RecordCommand): Done {
  const record = settles === null ? undefined : find(state, tenantId, settles)
  const found = record === undefined ? null : stateAt(record, nowMs)
  const open = found === 'held' || found === 'expired'
  if (onlyIfOpen && !open) return { kind: 'done', found, expiresAtMs: null }
  if (record !== undefined && open) close(state, record, 'settled')
  for (const demand of demands) use(state, counterAt(state, demand.counter, nowMs), demand, nowMs)
  return { kind: 'done', found, expiresAtMs: null }
}

function release(state: QuotaState, { tenantId, reservationId, nowMs }: ReleaseCommand): Done {
  const record = find(state, tenantId, reservationId)
  if (record === undefined) return { kind: 'done', found: null, expiresAtMs: null }
  const found = stateAt(record, nowMs)
  if (record.closed === null) close(state, record, 'released')
  return { kind: 'done', found, expiresAtMs: null }
}

function extend(state: QuotaState, { tenantId, reservationId, nowMs, expiresAtMs }: ExtendCommand): Done {
  const record = find(state, tenantId, reservationId)
  if (record === undefined) return { kind: 'done', found: null, expiresAtMs: null }
  const holding = record.counters.map(key => state.counters.get(key))
  // Another process, whose clock is ahead, may have let a hold go already: what is gone cannot be held on to.
  const whole = holding.every(counter => counter?.holds.has(reservationId) === true)
  const found = stateAt(record, nowMs)
  if (found !== 'held' || !whole) return { kind: 'done', found: found === 'held' ? 'expired' : found, expiresAtMs: null }
  record.expiresAtMs = Math.max(record.expiresAtMs, expiresAtMs)
  for (const counter of holding) {
    const hold = counter?.holds.get(reservationId)
    if (hold) counter?.holds.set(reservationId, { ...hold, expiresAtMs: record.expiresAtMs })
  }
  return { kind: 'done', found, expiresAtMs: record.expiresAtMs }
}

/**
 * Adds what the counter shows less than usage: what was counted before is not counted twice, and what was taken without
 * usage stays. Where the window slides, the latest steps that lack something take it: forgotten late rather than early.
 */
function openCounter(state: QuotaState, { demands, nowMs }: OpenCommand): Done {
  const [any] = demands
  if (any !== undefined) {
    const counter = counterAt(state, any.counter, nowMs)
    const before = counter.used
    const { stepMs } = any.counter
    let missing = demands.reduce((sum, { amount }) => sum.plus(amount), ZERO).minus(before)
    for (const { amount, atMs } of demands.toSorted((a, b) => b.atMs - a.atMs)) {
      const shown = stepMs === null ? before : (counter.steps.get(Math.floor(atMs / stepMs)) ?? ZERO)
      const added = Decimal.min(missing, amount.minus(shown))
      if (added.lte(0) || !countUse(counter, added, { atMs, nowMs })) continue
      missing = missing.minus(added)
    }
    if (counter.used !== before) {
      counter.limit = any.policy.limit
      raiseAlerts(state.alerts, counter, any, { before, nowMs })
    }
  }
  return { kind: 'done', found: null, expiresAtMs: null }
}

function use(state: QuotaState, counter: CounterState, demand: DecideCommand['demands'][number], nowMs: number): void {
  const before = counter.used
  if (!countUse(counter, demand.amount, { atMs: demand.atMs, nowMs })) return
  counter.limit = demand.policy.limit
  raiseAlerts(state.alerts, counter, demand, { before, nowMs })
}

/** Calls leases back, where everything would fit if there were none. */
function recallLeases(state: QuotaState, demands: readonly Demand[], counters: readonly CounterState[]): boolean {
  if (counters.every(({ leased }) => leased.isZero())) return false
  const unleased = counters.map(counter => ({ ...counter, reserved: counter.reserved.minus(counter.leased) }))
  const refusals = judgeDemands(demands, i => unleased[i] ?? newCounter(), false)
  if (refusals.some(refusal => refusal !== null)) return false
  demands.forEach(({ counter: { key }, policy }, i) => {
    const counter = counters[i]
    if (counter === undefined || counter.leased.isZero() || counter.recalled || policy.ceiling === null) return
    counter.recalled = true
    state.recalls.push(key)
  })
  return true
}

/** Counts what was spent of a lease, unless that has expired: then it is counted already, all of it. */
function lease(state: QuotaState, command: LeaseCommand): Leased {
  const { demand, leaseId, nowMs } = command
  const counter = counterAt(state, demand.counter, nowMs)
  const hold = counter.holds.get(leaseId)
  if (hold !== undefined && !demand.amount.isZero()) {
    dropHold(counter, leaseId)
    addHold(counter, leaseId, { ...hold, amount: hold.amount.minus(demand.amount) })
    use(state, counter, demand, nowMs)
  }
  alertOfLapse(state, counter, demand, nowMs)
  const isLost = hold === undefined && !demand.amount.isZero()
  return renewLease(counter, isLost ? { ...command, wanted: ZERO } : command, isStale(state, command))
}

function alertOfLapse(state: QuotaState, counter: CounterState | undefined, demand: Demand, nowMs: number): void {
  if (counter?.lapsed !== true) return
  counter.lapsed = false
  raiseAlerts(state.alerts, counter, demand, { before: counter.used, nowMs })
}

function close(state: QuotaState, record: ReservationRecord, closed: 'settled' | 'released'): void {
  record.closed = closed
  for (const key of record.counters) {
    const counter = state.counters.get(key)
    if (counter) dropHold(counter, record.reservation.id)
  }
}

function counterAt({ counters }: QuotaState, { key, stepMs }: Counter, nowMs: number): CounterState {
  let counter = counters.get(key)
  if (counter === undefined) {
    counter = newCounter()
    counters.set(key, counter)
  }
  expireHolds(counter, nowMs)
  if (stepMs !== null) slideCounter(counter, stepMs, nowMs)
  return counter
}

function find({ reservations }: QuotaState, tenantId: string, id: string): ReservationRecord | undefined {
  const record = reservations.get(id)
  return record?.reservation.tenantId === tenantId ? record : undefined
}

/** How a reservation is at a time. */
export function stateAt({ closed, expiresAtMs }: Pick<ReservationRecord, 'closed' | 'expiresAtMs'>, nowMs: number): ReservationState {
  if (closed !== null) return closed
  return expiresAtMs <= nowMs ? 'expired' : 'held'
}
