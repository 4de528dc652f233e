import { isDomainError } from '@tollgate/kernel'
import type { QuotaCommand, QuotaOutcome } from '../command.ts'
import { QuotasOverloaded } from '../errors.ts'

/** How much is done together, and how much may wait. */
export interface CoalesceLimits {
  /** Commands in one transaction at the most. */
  readonly commandsPerTransaction: number
  /** Tenants in one transaction at the most: row-level security compares each row with each of them. */
  readonly tenantsPerTransaction: number
  readonly transactionsInFlight: number
  /** Commands that may wait; one more is refused. */
  readonly queuedCommands: number
}

/** What is used where nothing else is said. */
export const COALESCE_LIMITS: CoalesceLimits = { commandsPerTransaction: 4_000, tenantsPerTransaction: 50, transactionsInFlight: 4, queuedCommands: 50_000 }

/** One caller, and its command. */
interface Waiting {
  readonly command: QuotaCommand
  readonly resolve: (outcome: QuotaOutcome) => void
  readonly reject: (error: unknown) => void
}

const RETRY_AFTER_MS = 100

/**
 * Does commands in few transactions: while one is in flight, commands wait, and all that waits goes with the next one.
 * No two transactions of this process have the same tenant, so that none of them waits for a lock of another: on a hot
 * counter one transaction is in flight, and takes for all who waited. No timer: a lone caller is served at once.
 */
export function coalesceCommands(run: (commands: readonly QuotaCommand[]) => Promise<readonly QuotaOutcome[]>, limits: Partial<CoalesceLimits> = {}) {
  const { commandsPerTransaction, tenantsPerTransaction, transactionsInFlight, queuedCommands } = { ...COALESCE_LIMITS, ...limits }
  /** By tenant, those who have waited longest first. */
  const queues = new Map<string, Waiting[]>()
  const busy = new Set<string>()
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

  function takeGroup(): Waiting[] {
    const group: Waiting[] = []
    let tenants = 0
    for (const [tenantId, queue] of queues) {
      if (busy.has(tenantId)) continue
      const room = commandsPerTransaction - group.length
      if (room === 0 || tenants === tenantsPerTransaction) break
      tenants += 1
      for (const one of queue.splice(0, room)) group.push(one)
      // What is left of it goes behind the other tenants.
      queues.delete(tenantId)
      if (queue.length > 0) queues.set(tenantId, queue)
      busy.add(tenantId)
    }
    waiting -= group.length
    return group
  }

  async function serve(group: readonly Waiting[]): Promise<void> {
    inFlight += 1
    await serveParts(group)
    inFlight -= 1
    for (const { command } of group) busy.delete(command.tenantId)
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
      const queue = queues.get(command.tenantId)
      if (queue) queue.push({ command, resolve, reject })
      else queues.set(command.tenantId, [{ command, resolve, reject }])
      waiting += 1
      if (starting) return
      starting = true
      // Calls of the same turn of the event loop go together.
      queueMicrotask(start)
    })
  }
}
