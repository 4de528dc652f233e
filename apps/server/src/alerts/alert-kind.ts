/** What is watched. */
export const ALERT_KINDS = ['QUOTA_EXCEEDED', 'LATENCY_P99', 'ERROR_RATE', 'COST_ANOMALY', 'VERIFICATION_FAILED'] as const

/** What an alert is about. */
export type AlertKind = (typeof ALERT_KINDS)[number]

/** Each tenant for itself, or all tenants as one. */
export const ALERT_SCOPES = ['TENANT', 'INSTALLATION'] as const

/** Whose usage a rule looks at. */
export type AlertScope = (typeof ALERT_SCOPES)[number]

/** How often each kind is evaluated. A named instant is a multiple of these minutes, so that every server names the same. */
export const EVALUATED_EVERY_MINUTES: Readonly<Record<AlertKind, 1 | 60>> = {
  QUOTA_EXCEEDED: 1,
  LATENCY_P99: 1,
  ERROR_RATE: 1,
  COST_ANOMALY: 60,
  VERIFICATION_FAILED: 60,
}
