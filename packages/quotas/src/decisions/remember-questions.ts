import type { Decimal } from '@tollgate/kernel'
import { areDimensions, type CheckedQuestion, checkQuestion } from './check-requests.ts'
import { type CounterFinding, type Demands, makeDemands } from './make-demands.ts'
import type { QuotaQuestion } from '../quotas.ts'
import type { PolicySource, TenantPolicies } from '../policies/tenant-policies.ts'

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

const MAX_REMEMBERED = 10_000

/** What a question differs in from others, as far as the policies look, one after the other: each by its own look-up. */
type Place = Map<string | null, Place | Remembered>

/**
 * Remembers questions of one request: most are asked again and again, by callers who differ in nothing, and to ask for the
 * same counters again is then to hand in the same object. What was made by policies that are known no more is not used.
 */
export function rememberQuestions(policies: Pick<PolicySource, 'known'>, finding: CounterFinding): RememberedQuestions {
  let places = new WeakMap<TenantPolicies, Place>()
  let count = 0

  function remember(known: TenantPolicies, path: readonly (string | null)[], made: Remembered): void {
    if (count >= MAX_REMEMBERED) {
      places = new WeakMap()
      count = 0
    }
    let place = places.get(known)
    if (place === undefined) places.set(known, (place = new Map()))
    for (const step of path.slice(0, -1)) {
      let next = place.get(step) as Place | undefined
      if (next === undefined) place.set(step, (next = new Map()))
      place = next
    }
    count += 1
    place.set(path.at(-1) ?? null, made)
  }

  function find(known: TenantPolicies, { requests, dimensions }: QuotaQuestion): Remembered | undefined {
    const [request] = requests
    if (request === undefined || requests.length > 1 || typeof request.amount !== 'string' || !areDimensions(dimensions)) return undefined
    let place: Place | Remembered | undefined = places.get(known)
    // In the order of `pathOf`.
    for (const dimension of known.grouping.dimensions) place = (place as Place | undefined)?.get(dimensions?.[dimension] ?? null)
    place = (place as Place | undefined)?.get(request.operation ?? null)
    place = (place as Place | undefined)?.get(request.amount)
    return (place as Place | undefined)?.get(request.metric) as Remembered | undefined
  }

  return (input, nowMs) => {
    const known = policies.known(input.tenantId)
    if (known === undefined) return undefined
    const before = find(known, input)
    if (before !== undefined && before.fromMs <= nowMs && nowMs < before.toMs) return before
    const question = checkQuestion(input)
    const demands = makeDemands(question, known, nowMs, finding)
    if (demands.refused.size > 0) return undefined
    const wholes = demands.demands.map(({ amount }) => wholeOf(amount))
    const made = { question, policies: known, demands, isLeased: isLeased(demands), wholes, ...validity(known, demands, nowMs) }
    const path = pathOf(known, input)
    // What slides asks at a time of its own, each time.
    if (path !== undefined && demands.demands.every(({ counter }) => counter.stepMs === null)) remember(known, path, made)
    return made
  }
}

/** Undefined for what is not worth remembering. */
function pathOf({ grouping }: TenantPolicies, { requests: [request, more], dimensions }: QuotaQuestion): readonly (string | null)[] | undefined {
  if (request === undefined || more !== undefined || typeof request.amount !== 'string') return undefined
  return [...grouping.dimensions.map(dimension => dimensions?.[dimension] ?? null), request.operation ?? null, request.amount, request.metric]
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
