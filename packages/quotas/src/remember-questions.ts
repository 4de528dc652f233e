import type { Decimal } from '@tollgate/kernel'
import { type CheckedQuestion, checkQuestion } from './check-requests.ts'
import { type CounterFinding, type Demands, makeDemands } from './make-demands.ts'
import type { QuotaQuestion } from './quotas.ts'
import type { PolicySource, TenantPolicies } from './tenant-policies.ts'

/** A question, and what it asks of which counters. */
export interface AskedQuestion {
  readonly question: CheckedQuestion
  readonly policies: TenantPolicies
  readonly demands: Demands
  /** Whether every counter may be leased: by its policy, or as it is unlimited. */
  readonly isLeased: boolean
  /** The amount of each demand as a number; null where it has a fraction, or too many digits. */
  readonly wholes: readonly (number | null)[]
}

/** Finds what a question asks; undefined where the tenant's policies are not in memory, or decide it otherwise. Throws `InvalidInput`. */
export type RememberedQuestions = (input: QuotaQuestion, nowMs: number) => AskedQuestion | undefined

interface Remembered extends AskedQuestion {
  /** While it asks for the same: no window and no policy begins or ends. */
  readonly fromMs: number
  readonly toMs: number
}

const MOST_REMEMBERED = 10_000

/**
 * Remembers questions of one request: most are asked again and again, by callers who differ in nothing, and to ask for the
 * same counters again is then to hand in the same object. What was made by policies that are known no more is not used.
 */
export function rememberQuestions(policies: Pick<PolicySource, 'known'>, finding: CounterFinding): RememberedQuestions {
  const asked = new Map<string, Remembered>()
  return (input, nowMs) => {
    const known = policies.known(input.tenantId)
    if (known === undefined) return undefined
    const key = keyOf(input)
    const before = key === undefined ? undefined : asked.get(key)
    if (before !== undefined && before.policies === known && before.fromMs <= nowMs && nowMs < before.toMs) return before
    const question = checkQuestion(input)
    const demands = makeDemands(question, known, nowMs, finding)
    if (demands.refused.size > 0) return undefined
    const wholes = demands.demands.map(({ amount }) => wholeOf(amount))
    const made = { question, policies: known, demands, isLeased: isLeased(demands), wholes, ...validity(known, demands, nowMs) }
    // What slides asks at a time of its own, each time.
    if (key !== undefined && demands.demands.every(({ counter }) => counter.stepMs === null)) {
      if (asked.size >= MOST_REMEMBERED) asked.clear()
      asked.set(key, made)
    }
    return made
  }
}

/**
 * Stands for a question, valid or not, unambiguously: every text has its length before it. Undefined for what is not
 * worth remembering. Cheaper by far than what it spares.
 */
function keyOf({ tenantId, requests, dimensions }: QuotaQuestion): string | undefined {
  const request = requests[0]
  if (request === undefined || requests.length > 1) return undefined
  const { metric, amount, operation } = request
  if (typeof amount !== 'string') return undefined
  let key = `${tenantId.length}:${tenantId}${metric.length}:${metric}${amount.length}:${amount}`
  if (typeof operation === 'string') key += `${operation.length}:${operation}`
  for (const dimension in dimensions) {
    const value = dimensions[dimension as keyof typeof dimensions]
    if (typeof value === 'string') key += `;${dimension.length}:${dimension}${value.length}:${value}`
    else if (value !== null && value !== undefined) return undefined
  }
  return key
}

function isLeased({ demands }: Demands): boolean {
  return demands.some(({ policy }) => policy.lease !== null) && demands.every(({ policy }) => policy.lease !== null || policy.limit === null)
}

function wholeOf(amount: Decimal): number | null {
  const whole = Number(amount.toFixed())
  return amount.isInteger() && Number.isSafeInteger(whole) ? whole : null
}

function validity({ grouping: { edgesMs } }: TenantPolicies, { demands }: Demands, nowMs: number): { fromMs: number; toMs: number } {
  return {
    fromMs: Math.max(...edgesMs.filter(edge => edge <= nowMs), ...demands.map(({ counter }) => counter.fromMs)),
    toMs: Math.min(...edgesMs.filter(edge => edge > nowMs), ...demands.map(({ counter }) => counter.toMs)),
  }
}
