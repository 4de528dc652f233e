import type { AlertRuleRef } from './model/alert-rule.ts'

/** Some rules could not be evaluated; all others were. The failed ones stay due. */
export class AlertsNotEvaluated extends AggregateError {
  constructor(failures: readonly { readonly rule: AlertRuleRef; readonly error: unknown }[]) {
    const reasons = failures.map(({ rule, error }) => `${rule.kind} (${rule.scope}): ${error instanceof Error ? error.message : String(error)}`)
    super(
      failures.map(({ error }) => error),
      `Alert rules could not be evaluated: ${reasons.join('; ')}`,
    )
    this.name = 'AlertsNotEvaluated'
  }
}
