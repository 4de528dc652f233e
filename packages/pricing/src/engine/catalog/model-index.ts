import type { ModelMatch } from '../../model/model-match.ts'
import { compileModelMatch, type NameTest } from '../../model/match-model-name.ts'

/** Finds the first entry whose match a name meets. Most names are found without trying any pattern. */
export interface ModelIndex<Entry> {
  /** `name` in lower case. */
  find(name: string): Entry | undefined
}

/** Indexes entries; where several match a name, the one given first is found. */
export function createModelIndex<Entry extends { readonly match: ModelMatch }>(entries: readonly Entry[]): ModelIndex<Entry> {
  const exact = new Map<string, number>()
  const patterns: { position: number; test: NameTest }[] = []
  for (const [position, { match }] of entries.entries()) {
    for (const clause of alternatives(match)) {
      if (!('equals' in clause)) patterns.push({ position, test: compileModelMatch(clause) })
      else if (!exact.has(clause.equals.toLowerCase())) exact.set(clause.equals.toLowerCase(), position)
    }
  }
  return {
    find(name) {
      const known = exact.get(name) ?? entries.length
      // Patterns are in the order of their entries: none behind the exact one can come before it.
      const better = patterns.find(({ position, test }) => position >= known || test(name))
      return entries[Math.min(known, better?.position ?? known)]
    },
  }
}

function alternatives(match: ModelMatch): readonly ModelMatch[] {
  return 'or' in match ? match.or.flatMap(alternatives) : [match]
}
