import type { Clock } from '@tollgate/kernel'

/** Limits how often an address may try unknown keys. */
export interface AttemptLimiter {
  /** Returns how long the address must wait before its next attempt, in milliseconds. 0 if it need not wait. */
  waitMs(address: string): number
  /** Counts an attempt with an unknown key. */
  failed(address: string): void
}

/** An address may fail this often at once, and then once per interval. */
const MAX_FAILURES = 20
const ONE_MORE_AFTER_MS = 3_000
/** Addresses beyond these are forgotten, the oldest first. */
const MAX_ADDRESSES = 10_000

/** Starts with no failures. Its memory is bounded, whatever the number of addresses. */
export function attemptLimiter(clock: Clock): AttemptLimiter {
  /** When the failures of each address will all be forgiven. */
  const forgivenAtMs = new Map<string, number>()
  const nowMs = () => clock.now().epochMilliseconds
  const owedMs = (address: string) => {
    const forgiven = forgivenAtMs.get(address)
    return forgiven === undefined ? 0 : Math.max(0, forgiven - nowMs())
  }
  return {
    waitMs: address => Math.max(0, owedMs(address) - (MAX_FAILURES - 1) * ONE_MORE_AFTER_MS),
    failed(address) {
      const forgiven = nowMs() + owedMs(address) + ONE_MORE_AFTER_MS
      forgivenAtMs.delete(address)
      const [oldest] = forgivenAtMs.keys()
      if (forgivenAtMs.size >= MAX_ADDRESSES && oldest !== undefined) forgivenAtMs.delete(oldest)
      forgivenAtMs.set(address, forgiven)
    },
  }
}
