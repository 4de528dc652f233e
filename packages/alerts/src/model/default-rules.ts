import { Decimal } from '@tollgate/kernel'
import type { AlertRule, AlertRuleRef } from './alert-rule.ts'

type Settings = Pick<AlertRule, 'windowMinutes' | 'minimumCalls' | 'raiseAfter' | 'recoverAfter'>

const DAY_MINUTES = 24 * 60
const LATENCY: Settings = { windowMinutes: 15, minimumCalls: 20, raiseAfter: 2, recoverAfter: 3 }
const ERRORS: Settings = { windowMinutes: 15, minimumCalls: 20, raiseAfter: 1, recoverAfter: 3 }
const COST: Settings = { windowMinutes: DAY_MINUTES, minimumCalls: 20, raiseAfter: 1, recoverAfter: 3 }
const COUNT: Settings = { windowMinutes: DAY_MINUTES, minimumCalls: null, raiseAfter: 1, recoverAfter: 1 }

/** Every rule with its default values. Rules of the whole installation that repeat a rule of tenants start disabled. */
export function defaultRules(): AlertRule[] {
  return [
    rule({ kind: 'QUOTA_EXCEEDED', scope: 'TENANT' }, true, '0', COUNT),
    rule({ kind: 'LATENCY_P99', scope: 'TENANT' }, true, '5000', LATENCY),
    rule({ kind: 'LATENCY_P99', scope: 'INSTALLATION' }, false, '5000', LATENCY),
    rule({ kind: 'ERROR_RATE', scope: 'TENANT' }, true, '0.05', ERRORS),
    rule({ kind: 'ERROR_RATE', scope: 'INSTALLATION' }, false, '0.05', ERRORS),
    rule({ kind: 'COST_ANOMALY', scope: 'TENANT' }, true, '2', COST),
    rule({ kind: 'COST_ANOMALY', scope: 'INSTALLATION' }, false, '2', COST),
    rule({ kind: 'VERIFICATION_FAILED', scope: 'INSTALLATION' }, true, '0', COUNT),
  ]
}

function rule(ref: AlertRuleRef, enabled: boolean, threshold: string, settings: Settings): AlertRule {
  return {
    ...ref,
    enabled,
    threshold: new Decimal(threshold),
    recoverRatio: new Decimal('0.8'),
    ...settings,
    tenantThresholds: [],
    changedAt: null,
    evaluatedAt: null,
  }
}
