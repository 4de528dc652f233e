import type { EnforceCommand } from './engine/commands/enforce.ts'
import type { CommandOutcome } from './engine/commands/outcome.ts'
import type { ReserveCommand } from './engine/commands/reserve.ts'
import type { LeaseDependencies, LeaseHolder } from './hold-leases.ts'
import { DEFAULT_LEASE, MAX_LEASE_MS } from './model/leases/lease-terms.ts'
import type { QuotaStore } from './quota-store.ts'

const FIRST_PAUSE_MS = 2
const MAX_PAUSE_MS = 25
/** How long to wait beyond the time to live of the leases. */
const EXTRA_WAIT_MS = 500

/** What decides when a recall is over. */
interface HideDependencies extends Pick<LeaseDependencies, 'schedule'> {
  readonly nowMs: (tenantId: string | null) => number
}

/**
 * Wraps a store so that leases do not show. A decision that only leases prevent waits until they are returned. A change of
 * policies resolves when no process spends leases of the old policies anymore.
 */
export function hideLeases(store: QuotaStore, holder: LeaseHolder, { nowMs, schedule }: HideDependencies): QuotaStore {
  async function decideAfterRecall(first: EnforceCommand | ReserveCommand): Promise<CommandOutcome> {
    const touched = new Set(first.demands.map(({ counter }) => counter.key))
    const ttls = first.demands.map(({ policy }) => (policy.lease ?? DEFAULT_LEASE).ttlSeconds * 1_000)
    const outcome = await repeatUntilAnswered(Math.max(...ttls), async isLast => {
      // This process need not wait to be notified of its own recall.
      await holder.returnLeases(({ key }) => touched.has(key))
      const decided = await store.apply({ ...first, nowMs: Math.max(first.nowMs, nowMs(first.tenantId)), recalls: !isLast })
      return decided.kind === 'recalling' ? undefined : decided
    })
    return outcome ?? { kind: 'recalling' }
  }

  /** Retries until the store decides, or all leases that were not returned have expired. */
  async function repeatUntilAnswered<Answer>(ttlMs: number, ask: (isLast: boolean) => Promise<Answer | undefined>): Promise<Answer | undefined> {
    let waitedMs = 0
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)) {
      const isLast = waitedMs > ttlMs + EXTRA_WAIT_MS
      const answer = await ask(isLast)
      if (answer !== undefined || isLast) return answer
      await schedule.wait(pauseMs)
      waitedMs += pauseMs
    }
  }

  async function replaceLeases(tenantId: string | null): Promise<void> {
    await holder.returnLeases(counter => tenantId === null || counter.tenantId === tenantId)
    await repeatUntilAnswered(MAX_LEASE_MS, async () => ((await store.hasOutdatedLeases({ tenantId, nowMs: nowMs(null) })) ? undefined : true))
  }

  return {
    ...store,
    async apply(command) {
      const outcome = await store.apply(command)
      return outcome.kind === 'recalling' && (command.kind === 'enforce' || command.kind === 'reserve') ? decideAfterRecall(command) : outcome
    },
    async addOverride(override, adjustCounters) {
      await store.addOverride(override, adjustCounters)
      await replaceLeases(override.tenantId)
    },
    async publishPlan(plan, adjustCounters, transaction) {
      await store.publishPlan(plan, adjustCounters, transaction)
      await replaceLeases(null)
    },
    async tenantChanged(tenantId, transaction, adjustCounters) {
      await store.tenantChanged(tenantId, transaction, adjustCounters)
      // The old policies apply until the transaction commits, also to leases. The commit recalls them.
      if (transaction === undefined) await replaceLeases(tenantId)
    },
  }
}
