import { type Decimal, InvalidInput, type Issue } from '@tollgate/kernel'
import { shapeIssues } from '@tollgate/kernel/input'
import { type DimensionValues, QUOTA_DIMENSIONS, type QuotaDimension } from '../limits/dimension.ts'
import { REQUEST } from './question-shapes.ts'
import { QUOTA_METRICS, type QuotaMetric } from '../limits/metric.ts'
import type { QuotaQuestion } from './question.ts'
import { readAmount } from '../policies/read-amount.ts'

/** A checked request. */
export interface CheckedRequest {
  readonly metric: QuotaMetric
  readonly operation: string | null
  readonly amount: Decimal | null
}

/** A checked question. */
export interface CheckedQuestion {
  readonly tenantId: string
  readonly requests: readonly CheckedRequest[]
  readonly dimensions: DimensionValues
}

/** In place of a request that is refused. */
const NO_REQUEST: CheckedRequest = { metric: 'requests', operation: null, amount: null }
const MAX_REQUESTS = 20
/** As long as the texts of usage events may be, so that all metered usage can be counted. */
const MAX_TEXT = 256

/** Checks a question. Throws `InvalidInput` with everything that is wrong. `field` is the caller's name for the requests. */
export function checkQuestion({ tenantId, requests, dimensions = {} }: QuotaQuestion, field: 'requests' | 'actual' = 'requests'): CheckedQuestion {
  const issues: Issue[] = []
  if (!isText(tenantId)) issues.push({ path: 'tenantId', message: `must be text of 1 to ${MAX_TEXT} characters` })
  if (requests.length === 0 || requests.length > MAX_REQUESTS) {
    issues.push({ path: field, message: `must have 1 to ${MAX_REQUESTS} items, not ${requests.length}` })
  }
  const checked = requests.slice(0, MAX_REQUESTS).map((request, i): CheckedRequest => {
    const malformed = shapeIssues(REQUEST, request, `${field}.${i}`)
    if (malformed !== undefined) {
      issues.push(...malformed)
      return NO_REQUEST
    }
    const amount = request.amount === null ? null : readAmount(request.amount)
    const operation = request.operation ?? null
    if (amount === undefined) issues.push({ path: `${field}.${i}.amount`, message: 'must be a decimal of 0 or more, such as "500" or "0.05"' })
    if (!QUOTA_METRICS.includes(request.metric)) issues.push({ path: `${field}.${i}.metric`, message: `must be one of ${QUOTA_METRICS.join(', ')}` })
    if (operation !== null && !isText(operation)) issues.push({ path: `${field}.${i}.operation`, message: `must be text of 1 to ${MAX_TEXT} characters` })
    return { metric: request.metric, operation, amount: amount ?? null }
  })
  for (const [dimension, value] of Object.entries(dimensions)) {
    if (!QUOTA_DIMENSIONS.some(known => known === dimension))
      issues.push({ path: `dimensions.${dimension}`, message: `is not one of ${QUOTA_DIMENSIONS.join(', ')}` })
    else if (value !== null && value !== undefined && (typeof value !== 'string' || !isText(value)))
      issues.push({ path: `dimensions.${dimension}`, message: `must be text of 1 to ${MAX_TEXT} characters` })
  }
  if (issues.length > 0) throw new InvalidInput(issues)
  return { tenantId, requests: checked, dimensions }
}

/** Whether `checkQuestion` accepts these dimensions. Faster than `checkQuestion`, since it collects no issues. */
export function areDimensions(dimensions: DimensionValues | undefined): boolean {
  for (const dimension in dimensions) {
    const value = dimensions[dimension as QuotaDimension]
    if (!QUOTA_DIMENSIONS.includes(dimension as QuotaDimension)) return false
    if (value !== null && value !== undefined && (typeof value !== 'string' || !isText(value))) return false
  }
  return true
}

/** Returns the id of a tenant. Throws `InvalidInput` for any other text. */
export function checkTenantId(tenantId: string): string {
  if (!isText(tenantId)) throw new InvalidInput([{ path: 'tenantId', message: `must be text of 1 to ${MAX_TEXT} characters` }])
  return tenantId
}

function isText(value: string): boolean {
  return typeof value === 'string' && value !== '' && value.length <= MAX_TEXT && !value.includes('\0')
}
