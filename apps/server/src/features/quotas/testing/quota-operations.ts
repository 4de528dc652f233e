/** The fields of every expected error. */
export const ERROR = '... on Error { code message } ... on InvalidInputError { issues { path message } }'

const DECISION = `decision { allowed degraded results { metric operation allowed refusal limit used reserved remaining resetsAt retryAfterMs
  policy { id source enforcement } checks { allowed scopeValue policy { window } } } }`

export const ENFORCE = `mutation ($input: EnforceQuotasInput!) { result: enforceQuotas(input: $input) { ... on EnforceQuotasPayload { ${DECISION} } ${ERROR} } }`

export const RESERVE = `mutation ($input: ReserveQuotasInput!) { result: reserveQuotas(input: $input) {
  ... on ReserveQuotasPayload { reservation { id state createdAt expiresAt tenant { id } requests { metric amount } } ${DECISION} } ${ERROR} } }`

export const SETTLE = reservationMutation('settleReservation', 'SettleReservation')

export const RELEASE = reservationMutation('releaseReservation', 'ReleaseReservation')

export const EXTEND = reservationMutation('extendReservation', 'ExtendReservation')

export const SET = `mutation ($input: SetQuotaInput!) { result: setQuota(input: $input) {
  ... on SetQuotaPayload { quota { id limit used windowFrom } status { id quotas { id limit } } override { limitKey setBy setAt policy { id limit enforcement alertAt source setBy validTo grace { percent amount } } } } ${ERROR} } }`

export const CLEAR = `mutation ($input: ClearQuotaInput!) { result: clearQuota(input: $input) { ... on ClearQuotaPayload { quota { id limit } override { limitKey policy { id } } } ${ERROR} } }`

export const STATUS = `query ($tenantId: ID) { quotaStatus(tenantId: $tenantId) { plan unlisted anyExceeded
  quotas { metric operation window scope scopeValue limit used reserved remaining percentage exceeded resetsAt enforcement source } } }`

export const TRACK = `mutation ($input: TrackUsageInput!) { result: trackUsage(input: $input) {
  ... on TrackUsagePayload { results { outcome reservation { id state } } } ${ERROR} } }`

function reservationMutation(field: string, type: string): string {
  return `mutation ($input: ${type}Input!) { result: ${field}(input: $input) { ... on ${type}Payload { reservation { id state expiresAt } } ${ERROR} ... on ReservationClosedError { state } } }`
}
