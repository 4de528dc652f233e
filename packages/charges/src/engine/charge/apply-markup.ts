import type { Decimal } from '@tollgate/kernel'
import type { ExplainedMarkup } from '../../model/explanation/charge-explanation.ts'
import { findMarkup, type Markups, type MarkupScope, SIGNIFICANCE } from '../../model/markups/markups.ts'
import { percentOf } from '../../model/numbers/charge-amount.ts'

/** Adds the matching markup to an amount. */
export function markUp(markups: Markups, charge: MarkupScope, before: Decimal): { amount: Decimal; step: ExplainedMarkup } {
  const markup = findMarkup(markups, charge)
  const amount = markup === undefined ? before : before.plus(percentOf(before, markup.percent))
  return {
    amount,
    step: {
      step: 'markup',
      rule: markup?.id ?? null,
      percent: markup?.percent.toFixed() ?? null,
      before: before.toFixed(),
      after: amount.toFixed(),
      applied: markup !== undefined,
      reason: markup === undefined ? 'no markup matches' : `most specific match: ${nameScope(markup)}`,
    },
  }
}

function nameScope(markup: MarkupScope): string {
  const names = SIGNIFICANCE.flatMap(name => (markup[name] === undefined ? [] : [`${name} ${markup[name]}`]))
  return names.length === 0 ? 'all charges' : names.join(', ')
}
