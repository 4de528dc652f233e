import { inputShape } from '@tollgate/kernel/input'
import type { AlertsQuery, LatestAlertsQuery } from './alert-store.ts'
import type { ClearQuotaInput } from './clear-quota.ts'
import type { ConsumeInput } from './consume.ts'
import type { EnforceInput } from './enforce.ts'
import type { QuotaInput } from './find-quota.ts'
import type { ExtendInput } from './extend.ts'
import type { ReservationInput } from './granted-reservations.ts'
import type { HistoryInput } from './list-history.ts'
import type { NearLimitsInput } from './list-near-limits.ts'
import type { OverridesInput } from './list-overrides.ts'
import type { QuotaUsageInput } from './list-quota-usage.ts'
import { LIMIT_FIELDS, PLAN_FIELDS, POLICY_FIELDS } from './model/policies/policy-shapes.ts'
import { QUESTION_FIELDS } from './model/decisions/question-shapes.ts'
import type { PolicyDraft } from './model/policies/policy-draft.ts'
import type { PublishPlanInput } from './publish-plan.ts'
import type { StatusInput } from './read-status.ts'
import type { ReserveInput } from './reserve.ts'
import type { SetQuotaInput } from './set-quota.ts'
import type { SettleInput } from './settle.ts'

const RESERVATION_FIELDS = { reservationId: 'text', caller: 'text?', scope: 'object?' } as const
const PAGE_FIELDS = { first: 'integer?', after: 'text?' } as const

/** The fields of each input. What callers pass is checked against them before anything else. */
export const INPUTS = {
  enforce: inputShape<EnforceInput>({ ...QUESTION_FIELDS, consume: 'boolean?', caller: 'text?', idempotencyKey: 'text?', review: 'function?' }),
  reserve: inputShape<ReserveInput>({ ...QUESTION_FIELDS, caller: 'text?', ttlSeconds: 'integer?', reservationId: 'text?' }),
  settle: inputShape<SettleInput>({ ...RESERVATION_FIELDS, actual: 'list?' }),
  release: inputShape<ReservationInput>(RESERVATION_FIELDS),
  extend: inputShape<ExtendInput>({ ...RESERVATION_FIELDS, ttlSeconds: 'integer' }),
  consume: inputShape<ConsumeInput>({ ...QUESTION_FIELDS, at: 'time?', reservationId: 'text?' }),
  status: inputShape<StatusInput>({ tenantId: 'text', customerId: 'text?', first: 'integer?' }),
  usage: inputShape<QuotaUsageInput>({ tenantId: 'text', limitKey: 'object?', atLeastPercent: 'amount?', ...PAGE_FIELDS }),
  nearLimits: inputShape<NearLimitsInput>({ atLeastPercent: 'amount?', exceeded: 'boolean?', ...PAGE_FIELDS }),
  history: inputShape<HistoryInput & PolicyDraft>({ ...LIMIT_FIELDS, tenantId: 'text', scopeValue: 'list?', ...PAGE_FIELDS }),
  setQuota: inputShape<SetQuotaInput>({ ...POLICY_FIELDS, tenantId: 'text', setBy: 'text?' }),
  clearQuota: inputShape<ClearQuotaInput & PolicyDraft>({ ...LIMIT_FIELDS, tenantId: 'text', setBy: 'text?' }),
  overrides: inputShape<OverridesInput>({ tenantId: 'text', ...PAGE_FIELDS }),
  publishPlan: inputShape<PublishPlanInput>({ ...PLAN_FIELDS, setBy: 'text?' }),
  alerts: inputShape<AlertsQuery>({ first: 'integer', after: 'text?' }),
  latestAlerts: inputShape<LatestAlertsQuery>({ first: 'integer', before: 'text?' }),
  quota: inputShape<QuotaInput>({ tenantId: 'text', limitKey: 'anything', scopeValue: 'list?' }),
} as const

/** Whether an input surely has the shape of `enforce`. True of usual inputs, and much faster than `shapeIssues`. */
export function isUsualEnforce(input: EnforceInput): boolean {
  for (const field in input) {
    switch (field) {
      case 'tenantId':
        if (typeof input.tenantId !== 'string') return false
        break
      case 'caller':
        if (typeof input.caller !== 'string') return false
        break
      case 'requests':
      case 'dimensions': // Looked into anyway.
      case 'consume': // Anything but true is checked again.
        break
      default:
        return false
    }
  }
  return input?.consume === true && Array.isArray(input.requests) && input.tenantId !== undefined
}
