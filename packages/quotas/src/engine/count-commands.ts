import type { CallerCounts, CountedAction } from '../model/decisions/decision-counts.ts'
import type { QuotaCommand } from './command.ts'
import type { CommandOutcome } from './commands/outcome.ts'

interface MutableCounts extends CallerCounts {
  readonly counts: Partial<Record<CountedAction, number>>
}

/** Counts commands that took effect, and refusals, by tenant and caller. Commands without a caller are not counted. */
export function countCommands(commands: readonly QuotaCommand[], outcomes: readonly CommandOutcome[]): CallerCounts[] {
  const byCaller = new Map<string, MutableCounts>()
  let last: MutableCounts | undefined
  for (let i = 0; i < commands.length; i++) {
    const command = commands[i] as QuotaCommand
    const caller = 'caller' in command ? command.caller : undefined
    const action = caller === undefined ? undefined : actionOf(command, outcomes[i] as CommandOutcome)
    if (caller === undefined || action === undefined) continue
    // Most commands in a row have the same caller.
    if (last === undefined || last.caller !== caller || last.tenantId !== command.tenantId) last = countsOf(byCaller, command.tenantId, caller)
    last.counts[action] = (last.counts[action] ?? 0) + 1
  }
  return [...byCaller.values()]
}

function countsOf(byCaller: Map<string, MutableCounts>, tenantId: string, caller: string | null): MutableCounts {
  const key = caller === null ? tenantId : `${tenantId} ${caller}`
  let counts = byCaller.get(key)
  if (counts === undefined) byCaller.set(key, (counts = { tenantId, caller, counts: {} }))
  return counts
}

function actionOf({ kind }: QuotaCommand, outcome: CommandOutcome): CountedAction | undefined {
  if (outcome.kind === 'decided') return outcome.allowed ? ALLOWED[kind] : 'refused'
  if (outcome.kind !== 'done') return undefined
  const { stateBefore } = outcome
  const isEnded = stateBefore === 'settled' || stateBefore === 'released'
  // A settlement without a reservation consumes what it would have settled.
  if (kind === 'consume') return 'settled'
  if (stateBefore === null || isEnded || (kind === 'extend' && stateBefore !== 'held')) return undefined
  return ALLOWED[kind]
}

const ALLOWED: Partial<Record<QuotaCommand['kind'], CountedAction>> = {
  enforce: 'consumed',
  reserve: 'reserved',
  settle: 'settled',
  release: 'released',
  extend: 'extended',
}
