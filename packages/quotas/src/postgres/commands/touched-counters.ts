import type { QuotaCommand } from '../../engine/command.ts'
import type { Demand } from '../../engine/demands/demand.ts'

const keysByDemands = new WeakMap<readonly Demand[], readonly string[]>()

/** Returns the keys of the counters that a command touches. Undefined if only the database knows them: the command names a reservation. */
export function touchedCounters(command: QuotaCommand): readonly string[] | undefined {
  switch (command.kind) {
    case 'enforce':
    case 'reserve':
    case 'consume':
    case 'seed':
    case 'review':
      return keysOf(command.demands)
    case 'lease':
      return [command.demand.counter.key]
    case 'settle':
    case 'release':
    case 'extend':
      return undefined
  }
}

/** The same question is asked with the same object again, so its keys are remembered. */
function keysOf(demands: readonly Demand[]): readonly string[] {
  let keys = keysByDemands.get(demands)
  if (keys === undefined) {
    keys = demands.map(({ counter }) => counter.key)
    keysByDemands.set(demands, keys)
  }
  return keys
}
