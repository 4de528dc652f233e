import { runInHalves } from '@tollgate/kernel'
import type { QuotaCommand } from '../../engine/command.ts'
import type { CommandOutcome } from '../../engine/commands/outcome.ts'
import { QuotasOverloaded } from '../../model/errors.ts'
import { type TakenCommands, TenantQueue } from './tenant-queue.ts'

/** How many commands share a transaction, and how many may wait. */
export interface CoalesceLimits {
  /** Maximum number of commands in one transaction. */
  readonly commandsPerTransaction: number
  /** Maximum number of tenants in one transaction: row-level security compares each row with each of them. */
  readonly tenantsPerTransaction: number
  /** A transaction with this many counters takes no more commands. */
  readonly countersPerTransaction: number
  readonly transactionsInFlight: number
  /** Transactions of one tenant in flight. With two, the process decides about some counters while PostgreSQL locks or writes others. */
  readonly transactionsOfTenant: number
  /** Commands that may wait. One more is refused. */
  readonly queuedCommands: number
  /** Maximum wait for a transaction. A command that waits longer is refused. */
  readonly waitMs: number
}

const DEFAULT_LIMITS: CoalesceLimits = {
  commandsPerTransaction: 4_000,
  tenantsPerTransaction: 50,
  countersPerTransaction: 512,
  transactionsInFlight: 4,
  transactionsOfTenant: 2,
  queuedCommands: 50_000,
  waitMs: 10_000,
}

/** One caller with its command. */
interface Waiting {
  readonly command: QuotaCommand
  readonly queuedMs: number
  readonly resolve: (outcome: CommandOutcome) => void
  readonly reject: (error: unknown) => void
}

/** The commands of one tenant in a transaction. */
interface Share {
  readonly tenantId: string
  readonly queue: TenantQueue<Waiting>
  readonly taken: TakenCommands<Waiting>
}

const RETRY_AFTER_MS = 100

/**
 * Applies commands in few transactions: while one is in flight, commands wait, and the next one takes all that wait. No two
 * transactions of this process touch the same counter, so none of them waits for a lock of another. On a hot counter one
 * transaction is in flight, and takes for everyone who waited. Uses no timer: a single caller is served at once.
 */
export function coalesceCommands(
  run: (commands: readonly QuotaCommand[]) => Promise<readonly CommandOutcome[]>,
  limits: Partial<CoalesceLimits> = {},
  nowMs = () => performance.now(),
) {
  const { commandsPerTransaction, tenantsPerTransaction, countersPerTransaction, transactionsInFlight, transactionsOfTenant, queuedCommands, waitMs } = {
    ...DEFAULT_LIMITS,
    ...limits,
  }
  /** By tenant, in the order of their turns. */
  const queues = new Map<string, TenantQueue<Waiting>>()
  let waiting = 0
  let inFlight = 0
  let isStarting = false

  function start(): void {
    isStarting = false
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
    // The rest of their commands waits behind the other tenants.
    for (const { tenantId, queue } of group) {
      queues.delete(tenantId)
      queues.set(tenantId, queue)
    }
    return group
  }

  /** Transactions end within a deadline, so it is often enough to look for overdue commands before each. */
  function refuseOverdue(commands: readonly Waiting[]): readonly Waiting[] {
    const queuedBefore = nowMs() - waitMs
    const isOverdue = ({ queuedMs }: Waiting) => queuedMs < queuedBefore
    if (!commands.some(isOverdue)) return commands
    rejectAll(commands.filter(isOverdue), new QuotasOverloaded(RETRY_AFTER_MS))
    return commands.filter(one => !isOverdue(one))
  }

  async function serve(group: readonly Share[]): Promise<void> {
    inFlight += 1
    const due = refuseOverdue(group.flatMap(({ taken }) => taken.waiting))
    const runCommands = async (some: readonly Waiting[]) => (some.length === 0 ? [] : run(some.map(({ command }) => command)))
    await runInHalves(due, { run: runCommands, onSuccess: resolveAll, onFailure: rejectAll })
    inFlight -= 1
    for (const { tenantId, queue, taken } of group) {
      queue.done(taken)
      if (queue.isEmpty && queue.inFlight === 0) queues.delete(tenantId)
    }
    start()
  }

  return async (command: QuotaCommand): Promise<CommandOutcome> => {
    if (waiting >= queuedCommands) throw new QuotasOverloaded(RETRY_AFTER_MS)
    return new Promise((resolve, reject) => {
      let queue = queues.get(command.tenantId)
      if (queue === undefined) queues.set(command.tenantId, (queue = new TenantQueue()))
      queue.add({ command, queuedMs: nowMs(), resolve, reject })
      waiting += 1
      if (isStarting) return
      isStarting = true
      // Calls of the same turn of the event loop share a transaction.
      queueMicrotask(start)
    })
  }
}

function resolveAll(group: readonly Waiting[], outcomes: readonly CommandOutcome[]): void {
  group.forEach(({ resolve, reject }, i) => {
    const outcome = outcomes[i]
    if (outcome === undefined) reject(new Error('The store returned fewer outcomes than commands'))
    else resolve(outcome)
  })
}

function rejectAll(group: readonly Waiting[], error: unknown): void {
  for (const { reject } of group) reject(error)
}
