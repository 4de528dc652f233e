import type { PostgresTransaction } from '@tollgate/postgres'
import { applyCommand } from '../../engine/apply-command.ts'
import { applyRepeatedly } from '../../engine/apply-repeatedly.ts'
import type { QuotaCommand } from '../../engine/command.ts'
import type { CommandOutcome } from '../../engine/commands/outcome.ts'
import type { Demand } from '../../engine/demands/demand.ts'
import type { Counter } from '../../model/counters/counter.ts'
import { counterId } from '../tables/counter-id.ts'
import type { KnownCounters } from './known-counters.ts'
import { loadState } from './load-state.ts'
import { saveChanges } from './save-changes.ts'
import { snapshotState } from './snapshot-state.ts'

/** The outcomes of commands. They are true once `saved` has resolved and the transaction has committed. */
export interface Applied {
  readonly outcomes: readonly CommandOutcome[]
  /** The writes were sent. A caller that commits right after need not wait for them, which saves a round trip. */
  readonly saved: Promise<void>
}

/** Applies commands in order in a transaction: locks and reads in one round trip, decides in memory, and writes in another. */
export async function applyCommands(transaction: PostgresTransaction, commands: readonly QuotaCommand[], known: KnownCounters): Promise<Applied> {
  const runs = runsOf(commands)
  const state = await loadState(
    transaction,
    runs.map(({ command }) => command),
    known,
  )
  const changes = snapshotState(state)
  const outcomes = runs.flatMap(({ command, times }) =>
    command.kind === 'enforce' && times > 1 ? applyRepeatedly(state, command, times) : applyCommand(state, command),
  )
  const saved = saveChanges(transaction, changes(), state)
  // The caller awaits it. Until then, keeps a failure from being an unhandled rejection.
  saved.catch(() => {})
  return { outcomes, saved }
}

/** A command, and how many callers sent the same one after the other. */
interface Run {
  command: QuotaCommand
  times: number
}

/** Replaces the keys of counters by their ids, and combines consecutive commands that take the same into one, with the latest time. */
function runsOf(commands: readonly QuotaCommand[]): Run[] {
  const runs: Run[] = []
  let last: QuotaCommand | undefined
  let run: Run | undefined
  for (const command of commands) {
    if (run !== undefined && last !== undefined && takesTheSame(last, command)) {
      run.times += 1
      if (command.nowMs > run.command.nowMs) run.command = { ...run.command, nowMs: command.nowMs }
    } else {
      run = { command: withCounterIds(command), times: 1 }
      runs.push(run)
    }
    last = command
  }
  return runs
}

function takesTheSame(a: QuotaCommand, b: QuotaCommand): boolean {
  return a.kind === 'enforce' && b.kind === 'enforce' && a.demands === b.demands && a.revision === b.revision && a.recalls === b.recalls && !a.once && !b.once
}

const demandsById = new WeakMap<readonly Demand[], readonly Demand[]>()

/** The same question is asked with the same object again, so its ids are remembered. */
function withCounterIds(command: QuotaCommand): QuotaCommand {
  if (command.kind === 'lease') return { ...command, demand: { ...command.demand, counter: counterById(command.demand.counter) } }
  if (!('demands' in command)) return command
  let demands = demandsById.get(command.demands)
  if (demands === undefined) {
    demands = command.demands.map((demand): Demand => ({ ...demand, counter: counterById(demand.counter) }))
    demandsById.set(command.demands, demands)
  }
  if (command.kind === 'enforce' && command.once) return { ...command, demands, once: { ...command.once, content: counterId(command.once.content) } }
  return { ...command, demands }
}

const countersById = new WeakMap<Counter, Counter>()

function counterById(counter: Counter): Counter {
  let byId = countersById.get(counter)
  if (byId === undefined) {
    byId = { ...counter, key: counterId(counter.key) }
    countersById.set(counter, byId)
  }
  return byId
}
