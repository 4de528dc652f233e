import type { QuotaCommand } from '../counters/command.ts'
import type { Demand } from '../decisions/demand.ts'

const byDemands = new WeakMap<readonly Demand[], readonly string[]>()

/** Keys of the counters that a command touches; undefined where only the database knows them: it names a reservation. */
export function touchedCounters(command: QuotaCommand): readonly string[] | undefined {
  switch (command.kind) {
    case 'decide':
    case 'open':
      return keysOf(command.demands)
    case 'record':
      return command.settles === null ? keysOf(command.demands) : undefined
    case 'lease':
      return [command.demand.counter.key]
    case 'release':
    case 'extend':
      return undefined
  }
}

/** The core hands in the same objects again where the same is asked again. */
function keysOf(demands: readonly Demand[]): readonly string[] {
  let keys = byDemands.get(demands)
  if (keys === undefined) {
    keys = demands.map(({ counter }) => counter.key)
    byDemands.set(demands, keys)
  }
  return keys
}
