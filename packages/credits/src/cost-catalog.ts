import { singleFlight, type TenantClock, type Transaction } from '@tollgate/kernel'
import type { CreditStore } from './credit-store.ts'
import type { CreditCost } from './model/credit-cost.ts'
import { standardCosts } from './model/standard-costs.ts'

/** How long costs are kept in memory for estimates and lists, in milliseconds. Debits always use the costs in effect. */
const KEPT_MS = 1_000

/** Credit costs by operation. */
export type CostsByOperation = ReadonlyMap<string, readonly CreditCost[]>

/** The credit costs. Costs of the store replace the standard costs of the same operation. */
export interface CostCatalog {
  /** Returns the costs of an operation, at most a second old. */
  ofOperation(operation: string): Promise<readonly CreditCost[]>
  /** Returns all costs, at most a second old. */
  all(): Promise<readonly CreditCost[]>
  /** Returns the costs that a transaction sees. If `versions` is their number, they are read again only if it has changed. */
  current(transaction: Transaction, versions?: number): Promise<CostsByOperation>
  /** Reads the costs again at the next call. */
  forget(): void
}

/** Keeps the costs of a store in memory. */
export function costCatalog(store: Pick<CreditStore, 'costs'>, clock: TenantClock): CostCatalog {
  let known: { readonly byOperation: CostsByOperation; readonly versions: number; readonly readAtMs: number } | undefined
  const nowMs = () => clock.nowMs?.(null) ?? clock.now(null).epochMilliseconds
  const read = async (transaction?: Transaction) => {
    const stored = await store.costs(transaction)
    const byOperation = withStandardCosts(stored)
    known = { byOperation, versions: stored.length, readAtMs: nowMs() }
    return byOperation
  }
  const readOnce = singleFlight(async () => read())
  const recent = async () => (known !== undefined && Math.abs(nowMs() - known.readAtMs) < KEPT_MS ? known.byOperation : readOnce())
  return {
    ofOperation: async operation => (await recent()).get(operation) ?? [],
    all: async () => [...(await recent()).values()].flat(),
    current: async (transaction, versions) => (known !== undefined && known.versions === versions ? known.byOperation : read(transaction)),
    forget: () => {
      known = undefined
    },
  }
}

function withStandardCosts(stored: readonly CreditCost[]): CostsByOperation {
  const replaced = new Set(stored.map(({ operation }) => operation))
  const all = [...standardCosts().filter(({ operation }) => !replaced.has(operation)), ...stored]
  return Map.groupBy(all, ({ operation }) => operation)
}
