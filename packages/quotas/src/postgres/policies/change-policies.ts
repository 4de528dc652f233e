import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { type PostgresDatabase, type PostgresTransaction, retryOnConflict } from '@tollgate/postgres'
import type { AdjustCounters, AdjustingCommand } from '../../policy-store.ts'
import { applyCommands } from '../commands/apply-commands.ts'
import type { KnownCounters } from '../commands/known-counters.ts'
import { leaseRecall, RECALL } from '../leases/lease-recalls.ts'
import { lockSeeding } from '../locks/seeding-locks.ts'
import { counterId } from '../tables/counter-id.ts'

/** A change of policies. */
export interface PolicyChange {
  readonly tenantIds: readonly string[] | 'all'
  /** Writes the change and its revision. */
  readonly write: (transaction: PostgresTransaction) => Promise<void>
  readonly adjustCounters: AdjustCounters | undefined
  /** Defaults to a transaction of its own. */
  readonly transaction?: PostgresTransaction | undefined
}

/** Maximum number of counters that are locked, read and written together. */
const MAX_COUNTERS = 2_000

/**
 * Changes policies and adjusts the counters that start to count or have a new limit, in one transaction, which recalls leases when it commits. Usage that was
 * counted before is committed when the seeds are read. Usage that is counted later finds its policies stale, and is
 * counted with the new ones.
 */
export async function changePolicies(database: PostgresDatabase, change: PolicyChange, known: KnownCounters): Promise<void> {
  if (change.transaction !== undefined) return changeIn(change.transaction, change, known)
  const scope = change.tenantIds === 'all' ? OPERATOR_SCOPE : tenantScope(...change.tenantIds)
  return retryOnConflict(() => database.transaction(scope, transaction => changeIn(transaction, change, known)))
}

async function changeIn(transaction: PostgresTransaction, { tenantIds, write, adjustCounters }: PolicyChange, known: KnownCounters): Promise<void> {
  await lockSeeding(transaction, tenantIds)
  const recalls = tenantIds === 'all' ? [leaseRecall('all')] : tenantIds.map(tenantId => leaseRecall({ tenantId }))
  await Promise.all(recalls.map(recall => transaction.query(RECALL, [recall])))
  const commands = (await adjustCounters?.(transaction)) ?? []
  await write(transaction)
  for (const some of inLockOrder(commands)) {
    const { saved } = await applyCommands(transaction, some, known)
    await saved
  }
}

/** Splits commands into batches, in the order of the ids of their counters, in which counters are always locked. */
function inLockOrder(commands: readonly AdjustingCommand[]): (readonly AdjustingCommand[])[] {
  const sorted = commands
    .map(command => ({ command, id: counterId(command.demands[0]?.counter.key ?? '') }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ command }) => command)
  return Array.from({ length: Math.ceil(sorted.length / MAX_COUNTERS) }, (_, i) => sorted.slice(i * MAX_COUNTERS, (i + 1) * MAX_COUNTERS))
}
