import type { PostgresTransaction } from '@tollgate/kernel/postgres'
import { applyCommand } from '../apply-command.ts'
import type { QuotaCommand, QuotaOutcome } from '../command.ts'
import type { Counter } from '../counter.ts'
import type { Demand } from '../demand.ts'
import { counterId } from './counter-id.ts'
import { loadState } from './load-state.ts'
import { saveChanges } from './save-changes.ts'
import { snapshotState } from './snapshot-state.ts'

/** What commands came to, and the writing of it, which must succeed before any of it is true. */
export interface Applied {
  readonly outcomes: readonly QuotaOutcome[]
  /** Sent, not waited for: whoever commits behind it saves a round trip. */
  readonly written: Promise<void>
}

/** Does commands in their order, in a transaction: locks and reads in one round trip, decides here, writes in another. */
export async function applyCommands(transaction: PostgresTransaction, commands: readonly QuotaCommand[]): Promise<Applied> {
  const named = commands.map(withCounterIds)
  const state = await loadState(transaction, named)
  const changes = snapshotState(state)
  const outcomes = named.map(command => applyCommand(state, command))
  const written = saveChanges(transaction, changes(), state.alerts)
  // Whoever needs it awaits it; until then a failure is only kept from being unhandled.
  written.catch(() => {})
  return { outcomes, written }
}

const byIds = new WeakMap<Counter, Counter>()

/** Counters are known by their ids in the database: commands name them so. */
function withCounterIds(command: QuotaCommand): QuotaCommand {
  if (command.kind !== 'decide' && command.kind !== 'record') return command
  return { ...command, demands: command.demands.map((demand): Demand => ({ ...demand, counter: counterById(demand.counter) })) }
}

/** The core hands in the same object again for the same counter, mostly: its hash is worked out once. */
function counterById(counter: Counter): Counter {
  let byId = byIds.get(counter)
  if (byId === undefined) {
    byId = { ...counter, key: counterId(counter.key) }
    byIds.set(counter, byId)
  }
  return byId
}
