import type { DecideCommand, QuotaOutcome } from '../counters/command.ts'
import type { QuotaStore } from '../quota-store.ts'
import type { LeaseHolder, LeaseHolding } from './lease-holder.ts'
import { MAX_LEASE_MS, USUAL_LEASE } from './lease-terms.ts'

const FIRST_PAUSE_MS = 2
const MAX_PAUSE_MS = 25
/** Beyond the time of the leases that are waited for. */
const PATIENCE_MS = 500

/**
 * The store, as whoever must not see leases uses it: a decision that nothing but leases is in the way of is made when they
 * are gone, and policies that were set hold when those who spend by the old ones have stopped.
 */
export function leasingStore({ store, nowMs, schedule }: Omit<LeaseHolding, 'ids'>, holder: LeaseHolder): QuotaStore {
  async function decide(first: DecideCommand): Promise<QuotaOutcome> {
    const touched = new Set(first.demands.map(({ counter }) => counter.key))
    const ttls = first.demands.map(({ policy }) => (policy.lease ?? USUAL_LEASE).ttlSeconds * 1_000)
    const outcome = await repeatedly(Math.max(...ttls), async isLast => {
      // Those of this process do not wait until it hears of its own recall.
      await holder.giveBack(({ key }) => touched.has(key))
      const decided = await store.apply({ ...first, nowMs: Math.max(first.nowMs, nowMs()), recalls: !isLast })
      return decided.kind === 'recalling' ? undefined : decided
    })
    return outcome ?? { kind: 'recalling' }
  }

  /** Until there is an answer, or leases that nobody gives back have expired. */
  async function repeatedly<Answer>(ttlMs: number, ask: (isLast: boolean) => Promise<Answer | undefined>): Promise<Answer | undefined> {
    let waitedMs = 0
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)) {
      const isLast = waitedMs > ttlMs + PATIENCE_MS
      const answer = await ask(isLast)
      if (answer !== undefined || isLast) return answer
      await schedule.wait(pauseMs)
      waitedMs += pauseMs
    }
  }

  async function untilReplaced(tenantId: string | null): Promise<void> {
    await holder.giveBack(counter => tenantId === null || counter.tenantId === tenantId)
    await repeatedly(MAX_LEASE_MS, async () => ((await store.hasOldLeases({ tenantId, nowMs: nowMs() })) ? undefined : true))
  }

  return {
    ...store,
    async apply(command) {
      const outcome = await store.apply(command)
      return outcome.kind === 'recalling' && command.kind === 'decide' ? decide(command) : outcome
    },
    async addOverride(override, opening) {
      await store.addOverride(override, opening)
      await untilReplaced(override.tenantId)
    },
    async publishPlan(plan, opening) {
      await store.publishPlan(plan, opening)
      await untilReplaced(null)
    },
    async tenantChanged(tenantId, transaction, opening) {
      await store.tenantChanged(tenantId, transaction, opening)
      // Before it is committed, the old policies hold, also for leases; those that are called back by the commit end at once.
      if (transaction === undefined) await untilReplaced(tenantId)
    },
  }
}
