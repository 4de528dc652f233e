/** A phrase that we replaced by plain English. */
export interface ReplacedPhrase {
  readonly pattern: RegExp
  /** What to write instead. */
  readonly instead: string
}

/** The phrases, most common first. A character in brackets keeps a pattern from matching its own source. */
export const REPLACED_PHRASES: readonly ReplacedPhrase[] = [
  { pattern: /\bwhere (?:it is |they are |one is |)left ou[t]\b/i, instead: 'Defaults to 20.' },
  { pattern: /\bwhoeve[r]\b/i, instead: 'any caller, the server that …' },
  { pattern: /\bane[w]\b/i, instead: 'again; rebuilds' },
  { pattern: /\bat the (?:mos|leas)[t]\b/i, instead: 'at most, at least' },
  { pattern: /\b(?:is|are|was|were|be|been) tol[d]\b/i, instead: 'is notified, receives; the server reports' },
  { pattern: /\bnobody wait[s]\b|\bwaits? for nobod[y]\b/i, instead: 'does not block, waits for no one' },
  { pattern: /\bin a circl[e]\b/i, instead: 'cannot deadlock' },
  { pattern: /\bbehind (?:this|the|that) curso[r]\b/i, instead: 'after this cursor' },
  { pattern: /\b(?:is|are|was|were|be) tried agai[n]\b/i, instead: 'is retried' },
  { pattern: /\bnot forese[e]n\b/i, instead: 'Unexpected error: …' },
  { pattern: /\bto go on, sa[y]\b/i, instead: 'Pass --yes to continue.' },
  { pattern: /\b(?:is|are) at wor[k]\b/i, instead: 'is in progress' },
  { pattern: /\b(?:is|are|was|were) asked fo[r]\b/i, instead: 'the requested …' },
  { pattern: /\b(?:is|are) no mor[e]\.?(?:$|["'`*|])/i, instead: 'no longer exists, recovered' },
  { pattern: /\btakes? back wha[t]\b/i, instead: 'removes, clears' },
  { pattern: /\b(?:unusually|too|very) dea[r]\b|\bdear us[e]\b/i, instead: 'expensive' },
  { pattern: /\ba sum of[f]\b/i, instead: 'a fixed-amount discount' },
  { pattern: /\bby who[m]\b|\bto who[m]\b/i, instead: 'name the person or program' },
  { pattern: /\bof their[s]\b/i, instead: 'their own' },
  { pattern: /\band the lik[e]\b/i, instead: 'list them, or give an example: such as …' },
  { pattern: /^\W*Whos[e]\./, instead: 'Tenant to read.' },
]
