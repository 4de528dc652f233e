import { ZERO } from '@tollgate/kernel'
import type { ChargeFigures, SimulatedFigures, SimulatedGroup } from '../../model/simulation/charge-simulation.ts'
import type { ChargedCells } from './charge-cells.ts'

const NOTHING: ChargeFigures = { calls: 0, unpricedCalls: 0, cost: ZERO, charge: ZERO }

/** Compares figures with and without a scenario. */
export function compareFigures(current: ChargeFigures, simulated: ChargeFigures): SimulatedFigures {
  return {
    current,
    simulated,
    costDifference: simulated.cost.minus(current.cost),
    chargeDifference: current.charge === null || simulated.charge === null ? null : simulated.charge.minus(current.charge),
  }
}

/** Compares group by group, highest current charge first. */
export function compareGroups<Dimension extends string>(
  { current, simulated }: { readonly current: ChargedCells; readonly simulated: ChargedCells },
  by: readonly Dimension[],
): readonly SimulatedGroup<Dimension>[] {
  const keys = new Map([...current.groups, ...simulated.groups].map(({ key }) => [JSON.stringify(key), key]))
  const [before, after] = [current, simulated].map(({ groups }) => new Map(groups.map(({ key, figures }) => [JSON.stringify(key), figures])))
  return [...keys]
    .map(([id, key]) => ({
      key: by.map((dimension, i) => ({ dimension, value: key[i] ?? null })),
      ...compareFigures(before?.get(id) ?? NOTHING, after?.get(id) ?? NOTHING),
    }))
    .toSorted((a, b) => (b.current.charge ?? b.current.cost).cmp(a.current.charge ?? a.current.cost))
}
