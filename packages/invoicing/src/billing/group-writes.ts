import { runInHalves } from '@tollgate/kernel'
import type { BillingDependencies } from './billing-dependencies.ts'
import type { BillingChange, InvoiceStore, StoredPeriods } from './invoice-store.ts'

/** Tenants in one transaction. */
const MAX_TENANTS = 100

/** Transactions at the same time, so that others still get a connection. */
const CONCURRENT_TRANSACTIONS = 4

interface Waiting {
  readonly change: BillingChange
  readonly resolve: (stored: StoredPeriods | undefined) => void
  readonly reject: (error: unknown) => void
}

/**
 * Lets the invoices of many tenants share transactions: those that are stored while others are computed wait for each other. If a
 * transaction fails, it is repeated in halves, until only the tenant that is the cause fails.
 */
export function groupWrites(dependencies: BillingDependencies): BillingDependencies {
  const { store } = dependencies
  return { ...dependencies, store: { ...store, bill: groupedBill(store) } }
}

function groupedBill(store: Pick<InvoiceStore, 'billAll'>): InvoiceStore['bill'] {
  const waiting: Waiting[] = []
  let running = 0
  let start: NodeJS.Immediate | undefined

  /** A transaction that could be larger waits while others run. */
  function startAll(): void {
    while (waiting.length >= MAX_TENANTS ? running < CONCURRENT_TRANSACTIONS : running === 0 && waiting.length > 0) void run(takeGroup())
  }

  /** In the order of tenants, each once: locks are taken in this order. */
  function takeGroup(): readonly Waiting[] {
    const group = new Map<string, Waiting>()
    const left: Waiting[] = []
    for (const one of waiting) {
      const { tenantId } = one.change
      if (group.size === MAX_TENANTS || group.has(tenantId)) left.push(one)
      else group.set(tenantId, one)
    }
    waiting.splice(0, waiting.length, ...left)
    return [...group.values()].sort((a, b) => (a.change.tenantId < b.change.tenantId ? -1 : 1))
  }

  async function run(group: readonly Waiting[]): Promise<void> {
    running += 1
    await runInHalves(group, {
      run: some => store.billAll(some.map(({ change }) => change)),
      onSuccess(some, stored) {
        for (const [at, { resolve }] of some.entries()) resolve(stored[at])
      },
      onFailure(some, error) {
        for (const { reject } of some) reject(error)
      },
    })
    running -= 1
    startAll()
  }

  return change =>
    new Promise((resolve, reject) => {
      waiting.push({ change, resolve, reject })
      start ??= setImmediate(() => {
        start = undefined
        startAll()
      })
    })
}
