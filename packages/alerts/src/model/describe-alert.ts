import type { Decimal } from '@tollgate/kernel'
import type { AlertKind } from './alert-kind.ts'
import type { AlertRule } from './alert-rule.ts'

/** What a message is about. */
export interface AlertSubject {
  readonly rule: Pick<AlertRule, 'kind' | 'windowMinutes'>
  readonly tenantId: string | null
  readonly value: Decimal
  readonly threshold: Decimal
  /** Replaces the description of the value. */
  readonly summary?: string | undefined
}

/** Describes a value measured over a window such as "15 minutes". */
const VALUES: Record<AlertKind, (value: Decimal, window: string) => string> = {
  QUOTA_EXCEEDED: (value, window) => `${rounded(value)} quota ${value.eq(1) ? 'limit was' : 'limits were'} reached in the last ${window}`,
  LATENCY_P99: (value, window) => `p99 latency was ${rounded(value)} ms in the last ${window}`,
  ERROR_RATE: (value, window) => `${rounded(value.times(100))} % of calls failed or were rate-limited in the last ${window}`,
  COST_ANOMALY: (value, window) => `cost in the last ${window} was ${rounded(value)} times the average of the 7 windows before`,
  VERIFICATION_FAILED: (value, window) => `verification of the last ${window} found ${rounded(value)} ${value.eq(1) ? 'wrong sum' : 'wrong sums'} in rollups`,
}

/** Describes a window without a value. */
const NO_VALUE: Record<AlertKind, string> = {
  QUOTA_EXCEEDED: 'no quota limit was reached',
  LATENCY_P99: 'no call had a latency',
  ERROR_RATE: 'there were no calls',
  COST_ANOMALY: 'there was no cost to compare',
  VERIFICATION_FAILED: 'nothing was verified',
}

const THRESHOLDS: Record<AlertKind, (threshold: Decimal) => string> = {
  QUOTA_EXCEEDED: rounded,
  LATENCY_P99: threshold => `${rounded(threshold)} ms`,
  ERROR_RATE: threshold => `${rounded(threshold.times(100))} %`,
  COST_ANOMALY: threshold => `${rounded(threshold)} times`,
  VERIFICATION_FAILED: rounded,
}

/** Explains in one sentence why an alert was raised. */
export function describeRaise({ rule, tenantId, value, threshold, summary }: AlertSubject): string {
  if (summary !== undefined) return `${subject(tenantId)}: ${summary}.`
  return `${subject(tenantId)}: ${VALUES[rule.kind](value, duration(rule.windowMinutes))}, above the threshold of ${THRESHOLDS[rule.kind](threshold)}.`
}

/** Explains in one sentence why an alert recovered. A null value means that the window had no data. */
export function describeRecovery({ rule, tenantId, value, threshold }: Omit<AlertSubject, 'value' | 'summary'> & { readonly value: Decimal | null }): string {
  const window = duration(rule.windowMinutes)
  if (value === null) return `${subject(tenantId)}: recovered; ${NO_VALUE[rule.kind]} in the last ${window}.`
  return `${subject(tenantId)}: recovered; ${VALUES[rule.kind](value, window)}, within the threshold of ${THRESHOLDS[rule.kind](threshold)}.`
}

/** Explains why an alert recovered when its rule was disabled. */
export function describeDisabledRule(tenantId: string | null): string {
  return `${subject(tenantId)}: recovered; its rule was disabled.`
}

function subject(tenantId: string | null): string {
  return tenantId === null ? 'The installation' : `Tenant ${tenantId}`
}

/** Rounds to four significant digits, without dropping digits before the decimal point. */
function rounded(value: Decimal): string {
  return value.toSignificantDigits(Math.max(4, value.e + 1)).toFixed()
}

function duration(minutes: number): string {
  if (minutes % 60 !== 0) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`
  return minutes === 60 ? 'hour' : `${minutes / 60} hours`
}
