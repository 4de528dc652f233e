import type { Decimal } from '@tollgate/kernel'
import type { AlertRule } from '../model/alert-rule.ts'
import type { Observation } from '../model/observation.ts'
import { type EvaluationState, INITIAL_STATE, nextAlertState } from './next-alert-state.ts'

/** State of a rule's alert for one tenant, or for the installation. */
export interface SubjectState extends EvaluationState {
  readonly tenantId: string | null
}

/** How one evaluation changes the alert of one tenant, or of the installation. */
export interface SubjectDecision {
  readonly tenantId: string | null
  readonly before: EvaluationState
  readonly after: EvaluationState
  /** Null when the window had no data. */
  readonly observation: Observation | null
  /** The tenant's own threshold, or the rule's. */
  readonly threshold: Decimal
}

/** Decides for every subject that was observed, or that has a raised alert or a streak. All others stay in the initial state. */
export function decideAlerts(
  rule: AlertRule,
  { states, observations }: { states: readonly SubjectState[]; observations: readonly Observation[] },
): readonly SubjectDecision[] {
  const stateOf = new Map(states.map(({ tenantId, raised, streak }) => [tenantId, { raised, streak }]))
  const observed = new Map(observations.map(observation => [observation.tenantId, observation]))
  const ownThresholds = new Map(rule.tenantThresholds.map(({ tenantId, threshold }) => [tenantId, threshold]))
  const subjects = [...new Set([...stateOf.keys(), ...observed.keys()])]
  return subjects.map(tenantId => {
    const observation = observed.get(tenantId) ?? null
    const before = stateOf.get(tenantId) ?? INITIAL_STATE
    const threshold = (tenantId === null ? undefined : ownThresholds.get(tenantId)) ?? rule.threshold
    const reading = { value: observation?.value ?? null, hasEnoughData: hasEnoughCalls(rule, observation) }
    return { tenantId, before, after: nextAlertState(before, reading, { ...rule, threshold }), observation, threshold }
  })
}

function hasEnoughCalls({ minimumCalls }: AlertRule, observation: Observation | null): boolean {
  return minimumCalls === null || (observation?.calls ?? 0) >= minimumCalls
}
