import type { SettableClock } from '@tollgate/kernel'
import type { PolicyDraft } from '../../model/policies/policy-draft.ts'
import type { Quotas } from '../../quotas.ts'

/** What commands are run on. */
export interface QuotasUnderModel {
  readonly quotas: Quotas
  readonly clock: SettableClock
  readonly tenantId: string
  /** Ids, in the order in which they were granted, like the reservations of the model. */
  readonly reservations: string[]
}

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** A reservation in the model. */
export interface ModelReservation {
  readonly atMs: number
  readonly customer: string
  readonly amount: number
  expiresAtMs: number
  closed: 'settled' | 'released' | null
}

/**
 * The reference model: lists of all usage and all reservations, in whole numbers. It counts nothing in advance: every question goes
 * through the lists, which is slow and obviously correct.
 */
export interface QuotaModel {
  nowMs: number
  /** Limits of the tenant per clock hour, of each customer per minute, and of the tenant in the last hour. */
  limits: { tenantHour: number; customerMinute: number; slidingHour: number }
  readonly usage: { readonly atMs: number; readonly customer: string; readonly amount: number }[]
  readonly reservations: ModelReservation[]
}

/** Three policies: the tenant's hour, each customer's minute, and the tenant's last hour. */
export const QUOTA_MODEL = {
  policies: [
    { metric: 'tokens', window: 'hour', limit: '200' },
    { metric: 'tokens', window: 'minute', scope: ['customer'], limit: '60' },
    { metric: 'tokens', window: 'hour', sliding: true, limit: '250' },
  ] satisfies PolicyDraft[],
  start: (nowMs: number): QuotaModel => ({ nowMs, limits: { tenantHour: 200, customerMinute: 60, slidingHour: 250 }, usage: [], reservations: [] }),
}

/** The state of one counter. */
export interface ModelCount {
  readonly limit: number
  readonly used: number
  readonly held: number
}

/** Returns the counters that apply to a customer now: the tenant's hour, the customer's minute, the tenant's last hour. */
export function countsFor({ nowMs, limits, usage, reservations }: QuotaModel, customer: string): readonly [ModelCount, ModelCount, ModelCount] {
  const live = reservations.filter(one => one.closed === null && nowMs < one.expiresAtMs)
  const count = (windowMs: number, limit: number, counts: (one: { customer: string }) => boolean): ModelCount => {
    const inWindow = (one: { atMs: number }) => Math.floor(one.atMs / windowMs) === Math.floor(nowMs / windowMs)
    return { limit, used: sum(usage.filter(inWindow).filter(counts)), held: sum(live.filter(inWindow).filter(counts)) }
  }
  const inLastHour = (one: { atMs: number }) => Math.floor(one.atMs / MINUTE_MS) >= Math.floor(nowMs / MINUTE_MS) - 60
  return [
    count(HOUR_MS, limits.tenantHour, () => true),
    count(MINUTE_MS, limits.customerMinute, one => one.customer === customer),
    { limit: limits.slidingHour, used: sum(usage.filter(inLastHour)), held: sum(live) },
  ]
}

/** Whether an amount fits under all limits. */
export function fits(model: QuotaModel, customer: string, amount: number): boolean {
  return countsFor(model, customer).every(({ limit, used, held }) => used + held + amount <= limit)
}

function sum(parts: readonly { amount: number }[]): number {
  return parts.reduce((total, { amount }) => total + amount, 0)
}
