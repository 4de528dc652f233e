import { type Clock, singleFlight, type Transaction } from '@tollgate/kernel'
import type { CreditStore } from './credit-store.ts'
import type { CreditCost } from './model/credit-cost.ts'
import { standardCosts } from './model/standard-costs.ts'

/** How long costs are kept in memory, in milliseconds. */
const KEPT_MS = 1_000

/** The credit costs, by operation. Costs of the store replace the standard costs of the same operation. */
export interface CostCatalog {
  /** Reads in `transaction` if one is given: code inside a transaction must not wait for a second connection. */
  ofOperation(operation: string, transaction?: Transaction): Promise<readonly CreditCost[]>
  all(): Promise<readonly CreditCost[]>
  /** Reads the costs again at the next call. */
  forget(): void
}

/** Keeps the costs of a store in memory for a second. */
export function costCatalog(store: Pick<CreditStore, 'costs'>, clock: Clock): CostCatalog {
  let known: { readonly byOperation: CostsByOperation; readonly readAtMs: number } | undefined
  const nowMs = () => clock.nowMs?.() ?? clock.now().epochMilliseconds
  const read = async (transaction?: Transaction) => {
    const byOperation = withStandardCosts(await store.costs(transaction))
    known = { byOperation, readAtMs: nowMs() }
    return byOperation
  }
  const readOnce = singleFlight(async () => read())
  const current = async (transaction?: Transaction) => {
    if (known !== undefined && Math.abs(nowMs() - known.readAtMs) < KEPT_MS) return known.byOperation
    return transaction === undefined ? readOnce() : read(transaction)
  }
  return {
    ofOperation: async (operation, transaction) => (await current(transaction)).get(operation) ?? [],
    all: async () => [...(await current()).values()].flat(),
    forget: () => {
      known = undefined
    },
  }
}

type CostsByOperation = ReadonlyMap<string, readonly CreditCost[]>

function withStandardCosts(stored: readonly CreditCost[]): CostsByOperation {
  const replaced = new Set(stored.map(({ operation }) => operation))
  const all = [...standardCosts().filter(({ operation }) => !replaced.has(operation)), ...stored]
  return Map.groupBy(all, ({ operation }) => operation)
}
