import type { Change } from '../../ui/what-changes.tsx'
import { type PolicyInput, type PolicyTerms, termsText } from './limit-form.ts'
import { limitName } from './quota-name.ts'

/** A limit of a plan, as the API says or takes it. */
type PlanLimit = Pick<PolicyInput, 'metric' | 'operation' | 'window' | 'sliding' | 'scope'> & PolicyTerms

/** The limits of a plan, and what happens to requests that none of them counts. */
export interface PlanTerms {
  readonly unlisted: 'ALLOW' | 'DENY'
  readonly policies: readonly PlanLimit[]
}

/** What happens to requests that no limit of the plan counts. */
export const UNLISTED = { ALLOW: 'allowed', DENY: 'refused' } as const

/** Returns what differs between two plans, limit by limit. Without a plan before, all its limits are new. */
export function planChanges(before: PlanTerms | undefined, after: PlanTerms): readonly Change[] {
  const old = termsByName(before?.policies ?? [])
  const now = termsByName(after.policies)
  const limits = [...new Set([...old.keys(), ...now.keys()])].map(label => ({ label, before: old.get(label), after: now.get(label) }))
  const rest = {
    label: 'Requests that no limit counts',
    before: before === undefined ? undefined : UNLISTED[before.unlisted],
    after: UNLISTED[after.unlisted],
  }
  return [...limits, rest].filter(change => change.before !== change.after)
}

function termsByName(policies: readonly PlanLimit[]): Map<string, string> {
  return new Map(policies.map(policy => [nameOf(policy), termsText(policy)]))
}

function nameOf({ metric, operation, window, sliding, scope }: PlanLimit): string {
  return limitName({ metric, window, operation: operation ?? null, sliding: sliding ?? false, scope: scope ?? [] })
}
