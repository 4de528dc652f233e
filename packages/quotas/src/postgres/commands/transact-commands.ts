import { tenantScope } from '@tollgate/kernel'
import { awaitAll, type PostgresDatabase, type PostgresTransaction, type PreparedStatement, retryOnConflict } from '@tollgate/postgres'
import type { DecisionCounter } from '../../decision-counter.ts'
import { countCommands } from '../../engine/count-commands.ts'
import type { QuotaCommand } from '../../engine/command.ts'
import type { CommandOutcome } from '../../engine/commands/outcome.ts'
import { lockSeedingShared } from '../locks/seeding-locks.ts'
import { type Applied, applyCommands } from './apply-commands.ts'
import type { KnownCounters } from './known-counters.ts'

const SAVEPOINT: PreparedStatement = { name: 'quotas_savepoint', text: 'savepoint quotas' }
const ROLLBACK = 'rollback to savepoint quotas'

/** What transactions of commands need. */
export interface CommandTransactions {
  readonly database: PostgresDatabase
  readonly known: KnownCounters
  /** Counts the commands of each caller. */
  readonly counter?: Pick<DecisionCounter, 'countIn'> | undefined
}

/** Applies commands in a transaction of their own. */
export async function transactCommands(
  { database, known, counter }: CommandTransactions,
  commands: readonly QuotaCommand[],
): Promise<readonly CommandOutcome[]> {
  const scope = tenantScope(...new Set(commands.map(({ tenantId }) => tenantId)))
  return retryOnConflict(async () => {
    let saved: Promise<void> = Promise.resolve()
    try {
      return await database.transaction(scope, async transaction => {
        const applied = await applyCommands(transaction, commands, known)
        saved = counter === undefined ? applied.saved : saveWithCounts(applied, transaction, { counter, commands })
        return applied.outcomes
      })
    } catch (error) {
      // If a write failed, that is the error, and not that the commit was refused.
      await saved
      throw error
    }
  })
}

/** Sends the counts after the writes. Neither is waited for, which saves a round trip. */
function saveWithCounts(
  { saved, outcomes }: Applied,
  transaction: PostgresTransaction,
  { counter, commands }: { readonly counter: Pick<DecisionCounter, 'countIn'>; readonly commands: readonly QuotaCommand[] },
): Promise<void> {
  const counts = countCommands(commands, outcomes)
  if (counts.length === 0) return saved
  const all = awaitAll([saved, counter.countIn(transaction, counts)]).then(() => {})
  all.catch(() => {})
  return all
}

/** Applies commands as part of a transaction. If one is stale, applies none and reports all as stale. */
export async function applyCommandsIn(
  transaction: PostgresTransaction,
  commands: readonly QuotaCommand[],
  known: KnownCounters,
): Promise<readonly CommandOutcome[]> {
  if (commands.length === 0) return []
  const tenantIds = commands.map(({ tenantId }) => tenantId)
  // The lock is sent first, in the same round trip, so that revisions are read when nobody can change them anymore.
  const [, , { outcomes, saved }] = await Promise.all([
    lockSeedingShared(transaction, tenantIds),
    transaction.query(SAVEPOINT),
    applyCommands(transaction, commands, known),
  ])
  await saved
  if (!outcomes.some(({ kind }) => kind === 'stale')) return outcomes
  // Unlocks the counters: locking more of them while holding some could deadlock.
  await transaction.query(ROLLBACK)
  return outcomes.map(() => ({ kind: 'stale' }))
}
