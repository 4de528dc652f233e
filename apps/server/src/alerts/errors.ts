import type { AlertRuleRef } from './alert-rule.ts'

/** Rules could not be evaluated; the others were. Comes again at the next evaluation where the reason stays. */
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
