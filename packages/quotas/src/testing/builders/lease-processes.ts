import { settableClock, type SettableClock } from '@tollgate/kernel'
import { createQuotas } from '../../create-quotas.ts'
import type { LeaseSchedule } from '../../lease-schedule.ts'
import type { PolicyDraft } from '../../model/policies/policy-draft.ts'
import type { QuotaStore } from '../../quota-store.ts'
import type { Quotas } from '../../quotas.ts'
import { newTenant } from './quotas-over.ts'

/** A process that leases. It sends reports when the test says so. */
export interface LeaseProcess {
  readonly quotas: Quotas
  /** Sends the reports that are due, and waits for all answers. */
  report(): Promise<void>
  /** Waits for all answers. */
  quiet(): Promise<void>
  /** Number of decisions that it asked the store for. */
  decisions(): number
  /** Stops sending anything, like kill -9. */
  crash(): void
}

/** Creates processes that share a store, a clock and a tenant. */
export function leaseProcesses(store: QuotaStore, count: number, ...policies: readonly PolicyDraft[]) {
  const clock = settableClock('2026-11-20T12:00:00Z')
  const tenantId = newTenant()
  const made = Array.from({ length: count }, () => processOver(store, policies, clock))
  const take = async (one: LeaseProcess | undefined, amount = '1', customer = 'c') =>
    (await one?.quotas.enforce({ tenantId, requests: [{ metric: 'requests', amount }], dimensions: { customer }, consume: true }))?.allowed === true
  const takeAll = async (one: LeaseProcess | undefined, times: number, amount = '1') => {
    let taken = 0
    for (let i = 0; i < times; i++) taken += Number(await take(one, amount))
    return taken
  }
  /** Gets a lease: the first request loads the policies, and the third requests a lease. */
  const warm = async (one: LeaseProcess | undefined, amount = '1') => {
    const taken = await takeAll(one, 3, amount)
    await one?.quiet()
    return taken
  }
  const usage = async () => {
    const [one] = (await createQuotas({ store, policies, clock }).status({ tenantId })).quotas
    return { used: Number(one?.used.toFixed()), reserved: Number(one?.reserved.toFixed()) }
  }
  const stop = () => Promise.all(made.map(({ quotas }) => quotas.stop()))
  return { made, clock, tenantId, take, takeAll, warm, usage, stop }
}

function processOver(store: QuotaStore, policies: readonly PolicyDraft[], clock: SettableClock): LeaseProcess {
  let pending = 0
  let decisions = 0
  let isCrashed = false
  const reports = new Set<() => void>()
  const watched: QuotaStore = {
    ...store,
    apply(command) {
      if (isCrashed) return new Promise(() => {})
      decisions += Number(command.kind === 'enforce' || command.kind === 'reserve')
      pending += 1
      return store.apply(command).finally(() => (pending -= 1))
    },
    onRecall: listener => store.onRecall(matches => isCrashed || listener(matches)),
  }
  const leaseSchedule: LeaseSchedule = {
    every(_, work) {
      reports.add(work)
      return () => reports.delete(work)
    },
    wait: shortPause,
  }
  return {
    quotas: createQuotas({ store: watched, policies, clock, leaseSchedule }),
    async report() {
      for (const work of reports) work()
      await settled(() => pending)
    },
    quiet: () => settled(() => pending),
    decisions: () => decisions,
    crash: () => (isCrashed = true),
  }
}

/** Shorter than a real pause, and long enough for a notification to arrive on another connection of a busy machine. */
const shortPause = () => new Promise<void>(resolve => setTimeout(resolve, 5))

const turn = () => new Promise<void>(resolve => setImmediate(resolve))

/** Waits until nothing is pending for three turns of the event loop: each turn may send something. */
async function settled(pending: () => number): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet = pending() === 0 ? quiet + 1 : 0) await turn()
}
