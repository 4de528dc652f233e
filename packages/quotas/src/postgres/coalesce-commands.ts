import { isDomainError } from '@tollgate/kernel'
import type { QuotaCommand, QuotaOutcome } from '../counters/command.ts'
import { QuotasOverloaded } from '../errors.ts'
import { type TakenCommands, TenantQueue } from './tenant-queue.ts'

/** How much is done together, and how much may wait. */
export interface CoalesceLimits {
  /** Commands in one transaction at the most. */
  readonly commandsPerTransaction: number
  /** Tenants in one transaction at the most: row-level security compares each row with each of them. */
  readonly tenantsPerTransaction: number
  /** At so many counters nothing more is added to a transaction. */
  readonly countersPerTransaction: number
  readonly transactionsInFlight: number
  /** Of one tenant. With two, the process decides about some counters while PostgreSQL locks or writes the others. */
  readonly transactionsOfTenant: number
  /** Commands that may wait; one more is refused. */
  readonly queuedCommands: number
}

/** What is used where nothing else is said. */
export const COALESCE_LIMITS: CoalesceLimits = {
  commandsPerTransaction: 4_000,
  tenantsPerTransaction: 50,
  countersPerTransaction: 512,
  transactionsInFlight: 4,
  transactionsOfTenant: 2,
  queuedCommands: 50_000,
}

/** One caller, and its command. */
interface Waiting {
  readonly command: QuotaCommand
  readonly resolve: (outcome: QuotaOutcome) => void
  readonly reject: (error: unknown) => void
}

/** What a transaction takes of one tenant. */
interface Share {
  readonly tenantId: string
  readonly queue: TenantQueue<Waiting>
  readonly taken: TakenCommands<Waiting>
}

const RETRY_AFTER_MS = 100

/**
 * Does commands in few transactions: while one is in flight, commands wait, and all that waits goes with the next one.
 * No two transactions of this process have the same counter, so that none of them waits for another to let go of it: on a
 * hot counter one transaction is in flight, and takes for all who waited. No timer: a lone caller is served at once.
 */
export function coalesceCommands(run: (commands: readonly QuotaCommand[]) => Promise<readonly QuotaOutcome[]>, limits: Partial<CoalesceLimits> = {}) {
  const { commandsPerTransaction, tenantsPerTransaction, countersPerTransaction, transactionsInFlight, transactionsOfTenant, queuedCommands } = {
    ...COALESCE_LIMITS,
    ...limits,
  }
  /** By tenant; whose turn is next, first. */
  const queues = new Map<string, TenantQueue<Waiting>>()
  let waiting = 0
  let inFlight = 0
  let starting = false

  function start(): void {
    starting = false
    while (inFlight < transactionsInFlight) {
      const group = takeGroup()
      if (group.length === 0) return
      void serve(group)
    }
  }

  function takeGroup(): Share[] {
    const group: Share[] = []
    const room = { commands: commandsPerTransaction, counters: countersPerTransaction }
    for (const [tenantId, queue] of queues) {
      if (room.commands <= 0 || room.counters <= 0 || group.length === tenantsPerTransaction) break
      if (queue.inFlight === transactionsOfTenant) continue
      const taken = queue.take(room)
      if (taken === undefined) continue
      group.push({ tenantId, queue, taken })
      room.commands -= taken.waiting.length
      room.counters -= taken.counters.size
      waiting -= taken.waiting.length
    }
    // What is left of them goes behind the other tenants.
    for (const { tenantId, queue } of group) {
      queues.delete(tenantId)
      queues.set(tenantId, queue)
    }
    return group
  }

  async function serve(group: readonly Share[]): Promise<void> {
    inFlight += 1
    await serveParts(group.flatMap(({ taken }) => taken.waiting))
    inFlight -= 1
    for (const { tenantId, queue, taken } of group) {
      queue.done(taken)
      if (queue.isEmpty && queue.inFlight === 0) queues.delete(tenantId)
    }
    start()
  }

  /**
   * Where a group fails, one command may be the reason: it is halved until each failure stands alone, and the others are
   * done. Not so where the store does not answer: then it is unknown whether the group was done. Never rejects.
   */
  async function serveParts(all: readonly Waiting[]): Promise<void> {
    const groups = [all]
    for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
      try {
        const outcomes = await run(group.map(({ command }) => command))
        group.forEach(({ resolve, reject }, i) => {
          const outcome = outcomes[i]
          if (outcome === undefined) reject(new Error('The store gave fewer outcomes than there were commands'))
          else resolve(outcome)
        })
      } catch (error) {
        const unavailable = isDomainError(error) && error.code === 'STORE_UNAVAILABLE'
        if (unavailable) for (const { reject } of [group, ...groups.splice(0)].flat()) reject(error)
        else if (group.length === 1) group[0]?.reject(error)
        else groups.unshift(group.slice(0, group.length / 2), group.slice(group.length / 2))
      }
    }
  }

  return async (command: QuotaCommand): Promise<QuotaOutcome> => {
    if (waiting >= queuedCommands) throw new QuotasOverloaded(RETRY_AFTER_MS)
    return new Promise((resolve, reject) => {
      let queue = queues.get(command.tenantId)
      if (queue === undefined) queues.set(command.tenantId, (queue = new TenantQueue()))
      queue.add({ command, resolve, reject })
      waiting += 1
      if (starting) return
      starting = true
      // Calls of the same turn of the event loop go together.
      queueMicrotask(start)
    })
  }
}
