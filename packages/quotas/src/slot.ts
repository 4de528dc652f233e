import type { PolicyDraft } from './policy-draft.ts'

/**
 * What a policy counts, as text: metric, window, scope and operation (last, as it may be any text). Only one policy of a slot is in effect at a time,
 * and all that ever were share its counters: a changed limit does not forget what was used. Stored; the form must not change.
 */
export function slotOf({ metric, operation, window, scope }: Pick<PolicyDraft, 'metric' | 'operation' | 'window' | 'scope'>): string {
  return `${metric}/${window}/${(scope ?? []).join('>')}/${operation ?? ''}`
}
