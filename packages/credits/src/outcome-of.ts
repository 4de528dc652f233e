import type { Applied, CommandOutcome, Refused } from './engine/outcome.ts'

/** Returns what a command did. Throws the error of a command that was not possible. */
export function outcomeOf(outcomes: readonly CommandOutcome[]): Applied | Refused {
  const [outcome] = outcomes
  if (outcome === undefined) throw new Error('The store returned no outcome.')
  if (outcome.kind === 'failed') throw outcome.error
  return outcome
}

/** Returns what a command did that is never refused. */
export function appliedOf(outcomes: readonly CommandOutcome[]): Applied {
  const outcome = outcomeOf(outcomes)
  if (outcome.kind === 'refused') throw new Error('A command that cannot be refused was refused.')
  return outcome
}
