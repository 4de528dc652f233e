import type { Decimal } from '@tollgate/kernel'
import { areDimensions, type CheckedQuestion, checkQuestion } from '../../model/decisions/check-question.ts'
import type { QuotaQuestion, QuotaRequest } from '../../model/decisions/question.ts'
import type { TenantPolicies } from '../../model/policies/tenant-policies.ts'
import { type CounterFinder, type Demands, makeDemands } from './make-demands.ts'

/** A question with its demands. */
export interface PreparedQuestion {
  readonly question: CheckedQuestion
  readonly policies: TenantPolicies
  readonly demands: Demands
  /** Whether every counter may be leased: by its policy, or because it is unlimited. */
  readonly isLeased: boolean
  /** The amount of each demand as a number. Null if it has a fraction or too many digits. */
  readonly integerAmounts: readonly (number | null)[]
}

/** Where the policies of tenants are found in memory. */
export interface KnownPolicies {
  known(tenantId: string): TenantPolicies | undefined
}

/**
 * Prepares a question. Returns undefined if the tenant's policies are not in memory, or refuse it whatever the counters
 * show. Throws `InvalidInput`.
 */
export type PrepareQuestion = (input: QuotaQuestion, nowMs: number) => PreparedQuestion | undefined

interface Remembered extends PreparedQuestion {
  /** Its demands stay the same in this time: no window and no policy starts or ends. */
  readonly fromMs: number
  readonly toMs: number
}

const MAX_REMEMBERED = 10_000

/** Remembered questions as a tree: one level for each thing that policies distinguish. */
type Branch = Map<string | null, Branch | Remembered>

/**
 * Returns a `PrepareQuestion` that remembers questions with one request. Most are asked again and again by callers that do
 * not differ, and asking for the same counters again then passes on the same object. Questions prepared with policies
 * that are no longer in memory are not used.
 */
export function rememberQuestions(policies: KnownPolicies, finder: CounterFinder): PrepareQuestion {
  let branches = new WeakMap<TenantPolicies, Branch>()
  let count = 0

  function remember(known: TenantPolicies, path: readonly (string | null)[], made: Remembered): void {
    if (count >= MAX_REMEMBERED) {
      branches = new WeakMap()
      count = 0
    }
    let branch = branches.get(known)
    if (branch === undefined) branches.set(known, (branch = new Map()))
    for (const step of path.slice(0, -1)) {
      let next = branch.get(step) as Branch | undefined
      if (next === undefined) branch.set(step, (next = new Map()))
      branch = next
    }
    count += 1
    branch.set(path.at(-1) ?? null, made)
  }

  function find(known: TenantPolicies, { requests, dimensions }: QuotaQuestion): Remembered | undefined {
    const [request] = requests
    if (request === undefined || requests.length > 1 || typeof request.amount !== 'string' || !areDimensions(dimensions) || !isRequest(request))
      return undefined
    let branch: Branch | Remembered | undefined = branches.get(known)
    // In the order of `pathOf`.
    for (const dimension of known.grouping.dimensions) branch = (branch as Branch | undefined)?.get(dimensions?.[dimension] ?? null)
    branch = (branch as Branch | undefined)?.get(request.operation ?? null)
    branch = (branch as Branch | undefined)?.get(request.amount)
    return (branch as Branch | undefined)?.get(request.metric) as Remembered | undefined
  }

  return (input, nowMs) => {
    const known = policies.known(input.tenantId)
    if (known === undefined) return undefined
    const before = find(known, input)
    if (before !== undefined && before.fromMs <= nowMs && nowMs < before.toMs) return before
    const question = checkQuestion(input)
    const demands = makeDemands(question, known, nowMs, finder)
    if (demands.refused.size > 0) return undefined
    const integerAmounts = demands.demands.map(({ amount }) => integerOf(amount))
    const made = { question, policies: known, demands, isLeased: isLeased(demands), integerAmounts, ...validity(known, demands, nowMs) }
    const path = pathOf(known, input)
    // The demands of a sliding window contain the time of the request, so they are never the same.
    if (path !== undefined && demands.demands.every(({ counter }) => counter.stepMs === null)) remember(known, path, made)
    return made
  }
}

/** Returns undefined for a question that is not remembered. */
function pathOf({ grouping }: TenantPolicies, { requests: [request, more], dimensions }: QuotaQuestion): readonly (string | null)[] | undefined {
  if (request === undefined || more !== undefined || typeof request.amount !== 'string') return undefined
  return [...grouping.dimensions.map(dimension => dimensions?.[dimension] ?? null), request.operation ?? null, request.amount, request.metric]
}

/** Whether a request with a text as amount has no other fields than those it may have. Faster than `shapeIssues`. */
function isRequest(request: QuotaRequest): boolean {
  for (const field in request) if (field !== 'metric' && field !== 'amount' && field !== 'operation') return false
  return true
}

function isLeased({ demands }: Demands): boolean {
  return demands.some(({ policy }) => policy.lease !== null) && demands.every(({ policy }) => policy.lease !== null || policy.limit === null)
}

function integerOf(amount: Decimal): number | null {
  const integer = Number(amount.toFixed())
  return amount.isInteger() && Number.isSafeInteger(integer) ? integer : null
}

function validity({ grouping: { edgesMs } }: TenantPolicies, { demands }: Demands, nowMs: number): { fromMs: number; toMs: number } {
  return {
    fromMs: Math.max(...edgesMs.filter(edge => edge <= nowMs), ...demands.map(({ counter }) => counter.fromMs)),
    toMs: Math.min(...edgesMs.filter(edge => edge > nowMs), ...demands.map(({ counter }) => counter.toMs)),
  }
}
