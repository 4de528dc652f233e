import { Decimal, type Issue, Temporal } from '@tollgate/kernel'
import { readTimeAt, shapeIssues } from '@tollgate/kernel/input'
import { GRACE_AMOUNT, GRACE_PERCENT, POLICY } from './policy-shapes.ts'
import { MAX_LEASE_MS, readLeaseTerms } from '../leases/lease-terms.ts'
import { QUOTA_METRICS } from '../limits/metric.ts'
import { completePolicy, DEFAULT_ALERTS, type Grace, type FailureMode, type PolicySource, type QuotaEnforcement, type QuotaPolicy } from './policy.ts'
import type { Amount, PolicyDraft } from './policy-draft.ts'
import { readAmount } from './read-amount.ts'
import { QUOTA_DIMENSIONS } from '../limits/dimension.ts'
import { QUOTA_WINDOWS } from '../limits/window.ts'
import { stepMsOf } from '../limits/sliding-window.ts'

const MAX_OPERATION = 256
const MAX_DIMENSIONS = 4
const MAX_ALERTS = 20
const MAX_PERCENT = 1_000
const ENFORCEMENTS: readonly QuotaEnforcement[] = ['hard', 'soft', 'grace']
const FAILURE_MODES: readonly FailureMode[] = ['allow', 'deny']

/** The terms of a policy that its draft does not contain. */
export interface PolicyOrigin {
  readonly id: string
  readonly source: PolicySource
  readonly setBy: string | null
}

/** Checks a draft. Returns the policy, or everything that is wrong with the draft. `path` is the prefix of the field names. */
export function checkPolicy(draft: PolicyDraft, origin: PolicyOrigin, path = ''): { policy: QuotaPolicy } | { issues: readonly Issue[] } {
  const malformed = shapeIssues(POLICY, draft, path) ?? graceIssues(draft, path)
  if (malformed !== undefined) return { issues: malformed }
  const issues: Issue[] = []
  const at = (field: string) => (path === '' ? field : `${path}.${field}`)
  const refuse = (field: string, message: string) => void issues.push({ path: at(field), message })
  const oneOf = (field: string, value: string, known: readonly string[]) => {
    if (!known.includes(value)) refuse(field, `must be one of ${known.join(', ')}, not ${JSON.stringify(value)}`)
  }
  const read = (field: string, amount: Amount) => {
    const value = readAmount(amount)
    if (value === undefined) refuse(field, 'must be a decimal of 0 or more, such as "10000" or "0.5"')
    return value ?? new Decimal(0)
  }

  const { metric, window, operation = null, enforcement: wanted, grace: graceDraft } = draft
  const enforcement = wanted ?? 'hard'
  const sliding = draft.sliding ?? false
  const scope = [...(draft.scope ?? [])]
  const limit = draft.limit === null ? null : read('limit', draft.limit)
  oneOf('metric', metric, QUOTA_METRICS)
  oneOf('window', window, QUOTA_WINDOWS)
  if (sliding && QUOTA_WINDOWS.includes(window) && stepMsOf(window) === null) {
    refuse('sliding', `must be false for ${window}: only minute, hour, day and week have a fixed length and can slide`)
  }
  oneOf('enforcement', enforcement, ENFORCEMENTS)
  if (operation !== null && (operation === '' || operation.length > MAX_OPERATION || /\p{C}/u.test(operation))) {
    refuse('operation', `must be 1 to ${MAX_OPERATION} characters without control characters`)
  }
  scope.forEach((dimension, i) => oneOf(`scope.${i}`, dimension, QUOTA_DIMENSIONS))
  if (scope.length > MAX_DIMENSIONS) refuse('scope', `must have at most ${MAX_DIMENSIONS} dimensions`)
  if (new Set(scope).size < scope.length) refuse('scope', 'must not repeat a dimension')

  const grace = readGrace(graceDraft, read)
  if ((enforcement === 'grace') !== (grace !== null)) refuse('grace', 'is required for the enforcement "grace", and not allowed otherwise')
  const alertAt = [...(draft.alertAt ?? DEFAULT_ALERTS)].map((percent, i) => read(`alertAt.${i}`, percent)).sort((a, b) => a.cmp(b))
  if (alertAt.length > MAX_ALERTS) refuse('alertAt', `must have at most ${MAX_ALERTS} thresholds`)
  if (alertAt.some((percent, i) => percent.isZero() || percent.gt(MAX_PERCENT) || (alertAt[i - 1]?.eq(percent) ?? false))) {
    refuse('alertAt', `must be distinct percentages above 0 and at most ${MAX_PERCENT}`)
  }
  const largestHold = draft.largestHold === null || draft.largestHold === undefined ? null : read('largestHold', draft.largestHold)
  const byDefault = enforcement === 'soft' ? 'allow' : 'deny'
  const unknownAmount = draft.unknownAmount ?? byDefault
  const storeFailure = draft.storeFailure ?? byDefault
  oneOf('unknownAmount', unknownAmount, FAILURE_MODES)
  oneOf('storeFailure', storeFailure, FAILURE_MODES)
  const validFrom = readTimeAt(at('validFrom'), draft.validFrom, issues)
  const validTo = readTimeAt(at('validTo'), draft.validTo, issues)
  const lease = readLeaseTerms(draft.lease)
  if (lease === undefined) refuse('lease', `must be true, false, or { ttlSeconds } from 1 to ${MAX_LEASE_MS / 1_000}`)
  if (lease && sliding) refuse('lease', 'must be false for a sliding window: leased usage is reported a little later than it happened')
  if (validFrom && validTo && Temporal.Instant.compare(validFrom, validTo) >= 0) refuse('validTo', 'must be after validFrom; intervals are half-open')
  if (issues.length > 0) return { issues }

  const terms = {
    metric,
    operation,
    window,
    sliding,
    scope,
    limit,
    enforcement,
    grace,
    alertAt,
    largestHold,
    unknownAmount,
    storeFailure,
    lease: lease ?? null,
    validFrom,
    validTo,
  }
  return { policy: completePolicy({ ...origin, ...terms }) }
}

function readGrace(draft: PolicyDraft['grace'], read: (field: string, amount: Amount) => Decimal): Grace | null {
  if (draft === null || draft === undefined) return null
  return 'percent' in draft ? { percent: read('grace.percent', draft.percent) } : { amount: read('grace.amount', draft.amount) }
}

function graceIssues({ grace }: PolicyDraft, path: string): readonly Issue[] | undefined {
  if (grace === null || grace === undefined) return undefined
  const field = path === '' ? 'grace' : `${path}.grace`
  return 'percent' in grace ? shapeIssues(GRACE_PERCENT, grace, field) : shapeIssues(GRACE_AMOUNT, grace, field)
}
