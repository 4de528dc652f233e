import type { ExplainedCharge } from '../../model/explanation/explained-charge.ts'
import { describeExplanation } from './describe-explanation.ts'

/** Returns a charge as text: its steps, or why there is no charge, and its notes. */
export function describeCharge({ explanation, reason, notes }: Pick<ExplainedCharge, 'explanation' | 'reason' | 'notes'>): string {
  const text = explanation === null ? `No charge: ${reason ?? ''}\n` : describeExplanation(explanation)
  return [text, ...notes.map(note => `Note: ${note}\n`)].join('')
}
