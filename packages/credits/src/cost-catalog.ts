import { type Clock, singleFlight } from '@tollgate/kernel'
import type { CreditStore } from './credit-store.ts'
import type { CreditCost } from './model/credit-cost.ts'
import { standardCosts } from './model/standard-costs.ts'

/** How long costs are kept in memory, in milliseconds. */
const KEPT_MS = 1_000

/** The credit costs, by operation. Costs of the store replace the standard costs of the same operation. */
export interface CostCatalog {
  ofOperation(operation: string): Promise<readonly CreditCost[]>
  all(): Promise<readonly CreditCost[]>
  /** Reads the costs again at the next call. */
  forget(): void
}

/** Keeps the costs of a store in memory for a second. */
export function costCatalog(store: Pick<CreditStore, 'costs'>, clock: Clock): CostCatalog {
  let known: { readonly byOperation: ReadonlyMap<string, readonly CreditCost[]>; readonly readAtMs: number } | undefined
  const read = singleFlight(async () => {
    const stored = await store.costs()
    const replaced = new Set(stored.map(({ operation }) => operation))
    const all = [...standardCosts().filter(({ operation }) => !replaced.has(operation)), ...stored]
    known = { byOperation: Map.groupBy(all, ({ operation }) => operation), readAtMs: nowMs() }
    return known.byOperation
  })
  const nowMs = () => clock.nowMs?.() ?? clock.now().epochMilliseconds
  const current = async () => (known !== undefined && Math.abs(nowMs() - known.readAtMs) < KEPT_MS ? known.byOperation : read())
  return {
    ofOperation: async operation => (await current()).get(operation) ?? [],
    all: async () => [...(await current()).values()].flat(),
    forget: () => {
      known = undefined
    },
  }
}
