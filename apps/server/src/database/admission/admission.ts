import { DatabaseBusy } from '@tollgate/postgres'
import { AdmissionLine } from './admission-line.ts'
import type { RequestWork } from './request-work.ts'
import { createWorkBudget, type WorkBudget, type WorkBudgetLimits } from '../../process/work-budget.ts'

/** Maximum numbers of calls to the database at the same time, and how many may wait. */
export interface AdmissionLimits {
  readonly total: number
  readonly perTenant: number
  /** Of all operators together. */
  readonly ofOperators: number
  readonly perKey: number
  readonly perRequest: number
  /** Maximum number of calls of one tenant, or of operators, that wait. */
  readonly waitingPerTenant: number
  /** Maximum wait of a call. */
  readonly waitMs: number
  /** The work that each tenant may use. Operators have no budget. Defaults to no limit. */
  readonly budget?: WorkBudgetLimits | undefined
}

/** Decides which calls of requests may use the database now. */
export interface Admission {
  /** Runs the task as soon as its request may. Rejects with `DatabaseBusy` if that takes too long. */
  run<Result>(request: RequestWork, task: () => Promise<Result>): Promise<Result>
  /** Charges the tenant of a request for work beyond the time that its tasks took. */
  charge(request: RequestWork, workMs: number): void
  /** Returns the numbers of calls that run, that wait, and that were refused so far. */
  counts(): { readonly running: number; readonly waiting: number; readonly refused: number }
}

/** A tenant with work in progress, or with a budget that is not full. */
interface TenantState {
  readonly budget: WorkBudget | undefined
  waiting: number
  /** Set while the budget is overdrawn and calls wait for it. */
  timer: NodeJS.Timeout | undefined
}

const OPERATORS = Symbol('operators')
/** Full budgets of tenants without work are forgotten when there are more. */
const MAX_IDLE_TENANTS = 10_000
const MIN_RETRY_MS = 500

/** Creates an admission. Tenants take turns, then the keys of a tenant, then the requests of a key. */
export function createAdmission(limits: AdmissionLimits, nowMs = () => performance.now()): Admission {
  const root = new AdmissionLine(limits.total)
  const tenants = new Map<string | symbol, TenantState>()
  let running = 0
  let waiting = 0
  let refused = 0

  function stateOf({ tenantId = OPERATORS }: { readonly tenantId?: string | symbol | undefined }): TenantState {
    let state = tenants.get(tenantId)
    if (state !== undefined) return state
    if (tenants.size >= MAX_IDLE_TENANTS) forgetIdle()
    const budget = limits.budget === undefined || tenantId === OPERATORS ? undefined : createWorkBudget(limits.budget, nowMs)
    state = { budget, waiting: 0, timer: undefined }
    tenants.set(tenantId, state)
    return state
  }

  function forgetIdle(): void {
    for (const [id, { budget, waiting: some }] of tenants) if (some === 0 && budget?.isFull() !== false) tenants.delete(id)
  }

  function lineOf(request: RequestWork, state: TenantState): AdmissionLine {
    const { tenantId = OPERATORS, keyId } = request
    return root
      .line(tenantId, tenantId === OPERATORS ? limits.ofOperators : limits.perTenant, () => isOpen(state))
      .line(keyId, tenantId === OPERATORS ? limits.ofOperators : limits.perKey)
      .line(request, limits.perRequest)
  }

  function isOpen(state: TenantState): boolean {
    const waitMs = state.budget?.waitMs() ?? 0
    if (waitMs === 0) return true
    if (state.waiting > 0 && state.timer === undefined) {
      state.timer = setTimeout(() => {
        state.timer = undefined
        root.startNext()
      }, waitMs)
    }
    return false
  }

  /** Resolves when the call may run. */
  function turn(line: AdmissionLine, state: TenantState): Promise<void> {
    const budgetMs = state.budget?.waitMs() ?? 0
    if (budgetMs > limits.waitMs) return refuse('The requests of this tenant have used up their share of the database', budgetMs)
    if (state.waiting >= limits.waitingPerTenant) return refuse('Too many requests of this tenant are waiting for the database', MIN_RETRY_MS)
    return new Promise((resolve, reject) => {
      const stopWaiting = () => {
        clearTimeout(timer)
        waiting -= 1
        state.waiting -= 1
      }
      const waiter = {
        start() {
          stopWaiting()
          resolve()
        },
      }
      const timer = setTimeout(() => {
        stopWaiting()
        line.leave(waiter)
        refuse('The request waited too long for its turn at the database', state.budget?.waitMs() ?? 0).catch(reject)
      }, limits.waitMs)
      waiting += 1
      state.waiting += 1
      line.wait(waiter)
      isOpen(state) // Sets the timer of an overdrawn budget.
    })
  }

  async function refuse(reason: string, waitMs: number): Promise<never> {
    refused += 1
    const retryAfterMs = Math.max(MIN_RETRY_MS, waitMs)
    throw new DatabaseBusy(`${reason}; retry in ${retryAfterMs} ms.`, { retryAfterMs })
  }

  return {
    async run(request, task) {
      const state = stateOf(request)
      const line = lineOf(request, state)
      if (!line.tryBegin()) await turn(line, state)
      running += 1
      const startedMs = nowMs()
      try {
        return await task()
      } finally {
        running -= 1
        state.budget?.spend(nowMs() - startedMs)
        line.end()
        root.startNext()
      }
    },
    charge: (request, workMs) => stateOf(request).budget?.spend(workMs),
    counts: () => ({ running, waiting, refused }),
  }
}
