import type { Period, Temporal } from '@tollgate/kernel'
import type { AlertRule } from '../model/alert-rule.ts'

/** The time range that an evaluation looks at. It ends at the instant of the evaluation. */
export function evaluationWindow({ windowMinutes }: AlertRule, at: Temporal.Instant): Period {
  return { from: at.subtract({ minutes: windowMinutes }), to: at }
}
