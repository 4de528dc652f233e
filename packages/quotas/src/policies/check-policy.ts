import { Decimal, type Issue, parseDecimal, Temporal, ZERO } from '@tollgate/kernel'
import { MAX_LEASE_MS, readLease } from '../leases/lease-terms.ts'
import { QUOTA_METRICS } from './metric.ts'
import { completePolicy, DEFAULT_ALERTS, type Grace, type FailureMode, type PolicySource, type QuotaEnforcement, type QuotaPolicy } from './policy.ts'
import type { Amount, PolicyDraft } from './policy-draft.ts'
import { QUOTA_DIMENSIONS } from './quota-dimension.ts'
import { QUOTA_WINDOWS } from '../windows/quota-window.ts'
import { stepMsOf } from '../windows/sliding-steps.ts'

const MAX_OPERATION = 256
const INTEGER_DIGITS = 20
const MAX_DIMENSIONS = 4
const MAX_ALERTS = 20
const MAX_PERCENT = 1_000
const ENFORCEMENTS: readonly QuotaEnforcement[] = ['hard', 'soft', 'grace']
const ANSWERS: readonly FailureMode[] = ['allow', 'deny']

/** Where a policy comes from: what its draft does not say. */
export interface PolicyOrigin {
  readonly id: string
  readonly source: PolicySource
  readonly setBy: string | null
}

/** Makes a policy of its draft, or says everything that is wrong with it. `path` is put before each field's name. */
export function checkPolicy(draft: PolicyDraft, origin: PolicyOrigin, path = ''): { policy: QuotaPolicy } | { issues: readonly Issue[] } {
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

  const { metric, window, operation = null, enforcement: wanted, grace: graceDraft, validFrom = null, validTo = null } = draft
  const enforcement = wanted ?? 'hard'
  const sliding = draft.sliding ?? false
  const scope = [...(draft.scope ?? [])]
  const limit = draft.limit === null ? null : read('limit', draft.limit)
  oneOf('metric', metric, QUOTA_METRICS)
  oneOf('window', window, QUOTA_WINDOWS)
  if (sliding && QUOTA_WINDOWS.includes(window) && stepMsOf(window) === null) {
    refuse('sliding', `must be false for ${window}: only minute, hour, day and week, which are always of one length, can slide`)
  }
  oneOf('enforcement', enforcement, ENFORCEMENTS)
  if (operation !== null && (operation === '' || operation.length > MAX_OPERATION || /\p{C}/u.test(operation))) {
    refuse('operation', `must be the name of an operation, of at most ${MAX_OPERATION} characters, without control characters`)
  }
  scope.forEach((dimension, i) => oneOf(`scope.${i}`, dimension, QUOTA_DIMENSIONS))
  if (scope.length > MAX_DIMENSIONS) refuse('scope', `must have at most ${MAX_DIMENSIONS} dimensions`)
  if (new Set(scope).size < scope.length) refuse('scope', 'must not name a dimension twice')

  const grace = readGrace(graceDraft, read)
  if ((enforcement === 'grace') !== (grace !== null)) refuse('grace', 'belongs to the enforcement "grace", and must be given there')
  const alertAt = [...(draft.alertAt ?? DEFAULT_ALERTS)].map((percent, i) => read(`alertAt.${i}`, percent)).sort((a, b) => a.cmp(b))
  if (alertAt.length > MAX_ALERTS) refuse('alertAt', `must have at most ${MAX_ALERTS} thresholds`)
  if (alertAt.some((percent, i) => percent.isZero() || percent.gt(MAX_PERCENT) || (alertAt[i - 1]?.eq(percent) ?? false))) {
    refuse('alertAt', `must be different percentages above 0, up to ${MAX_PERCENT}`)
  }
  const largestHold = draft.largestHold === null || draft.largestHold === undefined ? null : read('largestHold', draft.largestHold)
  const unless = enforcement === 'soft' ? 'allow' : 'deny'
  const unknownAmount = draft.unknownAmount ?? unless
  const storeFailure = draft.storeFailure ?? unless
  oneOf('unknownAmount', unknownAmount, ANSWERS)
  oneOf('storeFailure', storeFailure, ANSWERS)
  const lease = readLease(draft.lease)
  if (lease === undefined) refuse('lease', `must be true, false, or have ttlSeconds of 1 to ${MAX_LEASE_MS / 1_000}`)
  if (lease && sliding) refuse('lease', 'must be false where the window slides: what is spent of a lease is reported a little later than it was used')
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

/** A decimal of 0 or more, within the bounds of `parseDecimal` where it is text; undefined for anything else. */
export function readAmount(amount: Amount): Decimal | undefined {
  const value = typeof amount === 'string' ? parseDecimal(amount) : readDecimal(amount)
  return value === undefined || value.isNegative() ? undefined : value
}

/** As many digits before the point as text may have, so that sums stay exact. A number of another constructor of decimal.js becomes one of ours. */
function readDecimal(amount: Decimal): Decimal | undefined {
  if (!amount.isFinite() || amount.e >= INTEGER_DIGITS) return undefined
  return amount.isZero() ? ZERO : amount instanceof Decimal ? amount : new Decimal(amount)
}

function readGrace(draft: PolicyDraft['grace'], read: (field: string, amount: Amount) => Decimal): Grace | null {
  if (draft === null || draft === undefined) return null
  return 'percent' in draft ? { percent: read('grace.percent', draft.percent) } : { amount: read('grace.amount', draft.amount) }
}
