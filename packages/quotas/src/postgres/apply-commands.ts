import type { PostgresTransaction } from '@tollgate/postgres'
import { applyCommand } from '../counters/apply-command.ts'
import { applyRepeatedly } from '../counters/apply-repeatedly.ts'
import type { QuotaCommand, QuotaOutcome } from '../counters/command.ts'
import type { Counter } from '../counters/counter.ts'
import type { Demand } from '../decisions/demand.ts'
import { counterId } from './counter-id.ts'
import type { KnownCounters } from './known-counters.ts'
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
export async function applyCommands(transaction: PostgresTransaction, commands: readonly QuotaCommand[], known: KnownCounters): Promise<Applied> {
  const named = runsOf(commands)
  const state = await loadState(
    transaction,
    named.map(({ command }) => command),
    known,
  )
  const changes = snapshotState(state)
  const outcomes = named.flatMap(({ command, times }) =>
    command.kind === 'decide' && times > 1 ? applyRepeatedly(state, command, times) : applyCommand(state, command),
  )
  const written = saveChanges(transaction, changes(), state)
  // Whoever needs it awaits it; until then a failure is only kept from being unhandled.
  written.catch(() => {})
  return { outcomes, written }
}

/** A command, and how many callers sent the same one after the other. */
interface Run {
  command: QuotaCommand
  times: number
}

/** Commands with counters by their ids in the database. Those that follow one another and take the same are one, as of the last one's time. */
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
  return (
    a.kind === 'decide' &&
    b.kind === 'decide' &&
    a.demands === b.demands &&
    a.revision === b.revision &&
    a.recalls === b.recalls &&
    a.reservation === null &&
    b.reservation === null
  )
}

const demandsById = new WeakMap<readonly Demand[], readonly Demand[]>()

/** The core hands in the same objects again where the same is asked again: ids are worked out once. */
function withCounterIds(command: QuotaCommand): QuotaCommand {
  if (command.kind === 'lease') return { ...command, demand: { ...command.demand, counter: counterById(command.demand.counter) } }
  if (!('demands' in command)) return command
  let demands = demandsById.get(command.demands)
  if (demands === undefined) {
    demands = command.demands.map((demand): Demand => ({ ...demand, counter: counterById(demand.counter) }))
    demandsById.set(command.demands, demands)
  }
  return { ...command, demands }
}

const byIds = new WeakMap<Counter, Counter>()

function counterById(counter: Counter): Counter {
  let byId = byIds.get(counter)
  if (byId === undefined) {
    byId = { ...counter, key: counterId(counter.key) }
    byIds.set(counter, byId)
  }
  return byId
}
