import type { Decimal } from '@tollgate/kernel'
import type { AlertRule } from './alert-rule.ts'
import { CALM, type AlertStanding, nextAlertState } from './next-alert-state.ts'
import type { Observation } from './observation.ts'

/** Where a rule's alert of one tenant, or of the installation, stands; all others are calm. */
export interface SubjectStanding extends AlertStanding {
  readonly tenantId: string | null
}

/** What an evaluation comes to for one tenant, or the installation. */
export interface SubjectDecision {
  readonly tenantId: string | null
  readonly before: AlertStanding
  readonly after: AlertStanding
  /** Null where there was nothing to look at. */
  readonly observation: Observation | null
  /** The tenant's own, or the rule's. */
  readonly threshold: Decimal
}

/** Takes every alert of a rule one step on: those that were seen, and those that stand and were not. */
export function decideAlerts(
  rule: AlertRule,
  { standings, observations }: { standings: readonly SubjectStanding[]; observations: readonly Observation[] },
): readonly SubjectDecision[] {
  const standing = new Map(standings.map(({ tenantId, raised, streak }) => [tenantId, { raised, streak }]))
  const observed = new Map(observations.map(observation => [observation.tenantId, observation]))
  const ownThresholds = new Map(rule.tenantThresholds.map(({ tenantId, threshold }) => [tenantId, threshold]))
  const subjects = [...new Set([...standing.keys(), ...observed.keys()])]
  return subjects.map(tenantId => {
    const observation = observed.get(tenantId) ?? null
    const before = standing.get(tenantId) ?? CALM
    const threshold = (tenantId === null ? undefined : ownThresholds.get(tenantId)) ?? rule.threshold
    const reading = { value: observation?.value ?? null, enough: isEnough(rule, observation) }
    return { tenantId, before, after: nextAlertState(before, reading, { ...rule, threshold }), observation, threshold }
  })
}

function isEnough({ minimumCalls }: AlertRule, observation: Observation | null): boolean {
  return minimumCalls === null || (observation?.calls ?? 0) >= minimumCalls
}
