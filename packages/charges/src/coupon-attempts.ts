import type { Clock } from '@tollgate/kernel'
import { TooManyCouponAttempts } from './model/errors.ts'
import type { ChargeViewer } from './model/promotions/charge-viewer.ts'

/** Limits how many coupon codes tenants can try, so that codes cannot be guessed. */
export interface CouponAttempts {
  /** Counts attempts before they are made. Throws `TooManyCouponAttempts`, and then counts none. Operators are not limited. */
  take(viewer: ChargeViewer, count: number): void
  /** Takes back an attempt that redeemed a coupon. */
  giveBack(viewer: ChargeViewer): void
}

/** A number of attempts in an interval. */
interface AttemptLimit {
  readonly of: 'key' | 'tenant'
  readonly max: number
  readonly intervalMs: number
}

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** One key cannot use up the attempts of its tenant. */
const LIMITS: readonly AttemptLimit[] = [
  { of: 'key', max: 30, intervalMs: MINUTE_MS },
  { of: 'key', max: 500, intervalMs: DAY_MS },
  { of: 'tenant', max: 60, intervalMs: MINUTE_MS },
  { of: 'tenant', max: 1_000, intervalMs: DAY_MS },
]

/** Keys and tenants whose attempts are remembered. Beyond it, those that tried longest ago are forgotten. */
const MAX_REMEMBERED = 50_000

/** Attempts since the start of an interval. */
interface Attempts {
  startedAtMs: number
  count: number
}

/** Limits attempts of this process: 30 a minute and 500 a day for each key, and twice as many for each tenant. */
export function couponAttempts({ clock }: { readonly clock: Clock }): CouponAttempts {
  const remembered = new Map<string, Attempts>()

  function attemptsOf(viewer: ChargeViewer & { readonly kind: 'tenant' }, { of, intervalMs }: AttemptLimit, nowMs: number): Attempts {
    const key = JSON.stringify([of === 'key' ? (viewer.keyId ?? viewer.tenantId) : viewer.tenantId, of, intervalMs])
    const found = remembered.get(key)
    const age = nowMs - (found?.startedAtMs ?? -Infinity)
    const attempts = found !== undefined && age >= 0 && age < intervalMs ? found : { startedAtMs: nowMs, count: 0 }
    // The latest to try is the last in the map.
    remembered.delete(key)
    remembered.set(key, attempts)
    if (remembered.size > MAX_REMEMBERED) remembered.delete(remembered.keys().next().value ?? '')
    return attempts
  }

  return {
    take(viewer, count) {
      if (viewer.kind === 'operator' || count === 0) return
      const nowMs = clock.now().epochMilliseconds
      const limited = LIMITS.map(limit => ({ limit, attempts: attemptsOf(viewer, limit, nowMs) }))
      const exceeded = limited.filter(({ limit, attempts }) => attempts.count + count > limit.max)
      if (exceeded.length > 0) {
        throw new TooManyCouponAttempts(Math.max(...exceeded.map(({ limit, attempts }) => attempts.startedAtMs + limit.intervalMs - nowMs)))
      }
      for (const { attempts } of limited) attempts.count += count
    },
    giveBack(viewer) {
      if (viewer.kind === 'operator') return
      const nowMs = clock.now().epochMilliseconds
      for (const limit of LIMITS) {
        const attempts = attemptsOf(viewer, limit, nowMs)
        attempts.count = Math.max(0, attempts.count - 1)
      }
    },
  }
}
