import type { Decimal } from '@tollgate/kernel'
import type { AlertKind } from './alert-kind.ts'
import type { AlertRule } from './alert-rule.ts'

/** What is said of an alert. */
export interface AlertSubject {
  readonly rule: Pick<AlertRule, 'kind' | 'windowMinutes'>
  readonly tenantId: string | null
  readonly value: Decimal
  readonly threshold: Decimal
  /** What is to be said of it, where the value does not say it. */
  readonly summary?: string | undefined
}

const VALUES: Record<AlertKind, (value: Decimal) => string> = {
  QUOTA_EXCEEDED: value => `${shown(value)} quota ${value.eq(1) ? 'limit was' : 'limits were'} reached`,
  LATENCY_P99: value => `the 99th percentile of latency was ${shown(value)} ms`,
  ERROR_RATE: value => `${shown(value.times(100))} % of calls did not succeed`,
  COST_ANOMALY: value => `the cost was ${shown(value)} times the average of the seven windows before`,
  VERIFICATION_FAILED: value => `the verification of rollups found ${shown(value)} ${value.eq(1) ? 'thing' : 'things'} wrong`,
}

const THRESHOLDS: Record<AlertKind, (threshold: Decimal) => string> = {
  QUOTA_EXCEEDED: shown,
  LATENCY_P99: threshold => `${shown(threshold)} ms`,
  ERROR_RATE: threshold => `${shown(threshold.times(100))} %`,
  COST_ANOMALY: threshold => `${shown(threshold)} times`,
  VERIFICATION_FAILED: shown,
}

/** Why an alert was raised, in a sentence. */
export function describeRaise({ rule, tenantId, value, threshold, summary }: AlertSubject): string {
  if (summary !== undefined) return `${subject(tenantId)}: ${summary}.`
  return `${subject(tenantId)}: ${VALUES[rule.kind](value)} in the last ${duration(rule.windowMinutes)}, above the threshold of ${THRESHOLDS[rule.kind](threshold)}.`
}

/** Why an alert has recovered, in a sentence; without a value, there was nothing to look at. */
export function describeRecovery({ rule, tenantId, value, threshold }: Omit<AlertSubject, 'value' | 'summary'> & { readonly value: Decimal | null }): string {
  if (value === null) return `${subject(tenantId)}: recovered, with nothing to look at in the last ${duration(rule.windowMinutes)}.`
  return `${subject(tenantId)}: recovered; ${VALUES[rule.kind](value)} in the last ${duration(rule.windowMinutes)}, well within the threshold of ${THRESHOLDS[rule.kind](threshold)}.`
}

/** Why an alert has recovered whose rule was switched off. */
export function describeSwitchedOff(tenantId: string | null): string {
  return `${subject(tenantId)}: recovered, because its rule was switched off.`
}

function subject(tenantId: string | null): string {
  return tenantId === null ? 'The installation' : `Tenant ${tenantId}`
}

/** To four digits: it is for people. */
function shown(value: Decimal): string {
  const rounded = value.toSignificantDigits(Math.max(4, value.e + 1))
  return rounded.toFixed()
}

function duration(minutes: number): string {
  if (minutes % 60 !== 0) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`
  return minutes === 60 ? 'hour' : `${minutes / 60} hours`
}
