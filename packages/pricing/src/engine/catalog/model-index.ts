import { compileModelMatch, type NameTest } from '../../model/names/match-model-name.ts'
import type { ModelMatch } from '../../model/names/model-match.ts'

/** Finds the first entry that matches a name. Most names are found without testing any pattern. */
export interface ModelIndex<Entry> {
  /** `name` must be in lower case. */
  find(name: string): Entry | undefined
}

/** Indexes entries. If several match a name, `find` returns the first of them. */
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
      // Patterns are in the order of their entries, so the search can stop at the position of the exact match.
      const better = patterns.find(({ position, test }) => position >= known || test(name))
      return entries[Math.min(known, better?.position ?? known)]
    },
  }
}

function alternatives(match: ModelMatch): readonly ModelMatch[] {
  return 'or' in match ? match.or.flatMap(alternatives) : [match]
}
