import { isConflict, type PostgresDatabase, type PostgresTransaction } from '@tollgate/postgres'
import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import type { OpenCommand } from '../counters/command.ts'
import type { OpenCounters } from '../quota-store.ts'
import { applyCommands } from './apply-commands.ts'
import { counterId } from './counter-id.ts'
import type { KnownCounters } from './known-counters.ts'
import { leaseRecall, RECALL } from './lease-recalls.ts'
import { holdOpening } from './opening-locks.ts'

/** A change of policies. */
export interface PolicyBookChange {
  readonly tenantIds: readonly string[] | 'all'
  /** Writes it, with the revision that it makes. */
  readonly write: (transaction: PostgresTransaction) => Promise<void>
  readonly opening: OpenCounters | undefined
  /** To be made in; one of its own where it is left out. */
  readonly transaction?: PostgresTransaction | undefined
}

const ATTEMPTS = 5

/** Counters that are locked, read and written together. */
const MAX_COUNTERS = 2_000

/**
 * Changes policies, and opens the counters that begin to count, in one transaction. Leases are called back when it commits. Usage that was counted before is
 * committed when its sums are read; usage that is counted after meets policies that are stale, and is counted by the new
 * ones.
 */
export async function changePolicies(database: PostgresDatabase, change: PolicyBookChange, known: KnownCounters): Promise<void> {
  if (change.transaction !== undefined) return changeIn(change.transaction, change, known)
  const scope = change.tenantIds === 'all' ? OPERATOR_SCOPE : tenantScope(...change.tenantIds)
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.transaction(scope, transaction => changeIn(transaction, change, known))
    } catch (error) {
      if (attempt === ATTEMPTS || !isConflict(error)) throw error
    }
  }
}

async function changeIn(transaction: PostgresTransaction, { tenantIds, write, opening }: PolicyBookChange, known: KnownCounters): Promise<void> {
  await holdOpening(transaction, tenantIds)
  const recalls = tenantIds === 'all' ? [leaseRecall('all')] : tenantIds.map(tenantId => leaseRecall({ tenantId }))
  await Promise.all(recalls.map(recall => transaction.query(RECALL, [recall])))
  const commands = (await opening?.(transaction)) ?? []
  await write(transaction)
  for (const some of inOrder(commands)) {
    const { written } = await applyCommands(transaction, some, known)
    await written
  }
}

/** By the ids of their counters, as everybody locks them. */
function inOrder(commands: readonly OpenCommand[]): (readonly OpenCommand[])[] {
  const sorted = commands
    .map(command => ({ command, id: counterId(command.demands[0]?.counter.key ?? '') }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ command }) => command)
  return Array.from({ length: Math.ceil(sorted.length / MAX_COUNTERS) }, (_, i) => sorted.slice(i * MAX_COUNTERS, (i + 1) * MAX_COUNTERS))
}
