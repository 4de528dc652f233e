import { singleFlight, type Temporal, type TenantClock, type Transaction } from '@tollgate/kernel'
import type { CreditStore } from './credit-store.ts'
import type { CreditCost } from './model/credit-cost.ts'
import { standardCosts } from './model/standard-costs.ts'

/** How long costs are kept in memory for estimates and lists, in milliseconds. Debits always use the costs in effect. */
const KEPT_MS = 1_000

/** Credit costs by operation. */
export type CostsByOperation = ReadonlyMap<string, readonly CreditCost[]>

/** The credit costs. The standard cost of an operation applies until the first cost of the store for that operation and any provider. */
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
  const starts = new Map<string, Temporal.Instant>()
  for (const { operation, provider, from } of stored) {
    const start = starts.get(operation)
    if (provider === null && (start === undefined || from.epochNanoseconds < start.epochNanoseconds)) starts.set(operation, from)
  }
  const standard = standardCosts().flatMap(cost => {
    const to = starts.get(cost.operation) ?? null
    return to === null || cost.from.epochNanoseconds < to.epochNanoseconds ? { ...cost, to } : []
  })
  return Map.groupBy([...standard, ...stored], ({ operation }) => operation)
}
