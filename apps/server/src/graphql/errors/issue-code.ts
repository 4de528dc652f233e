import type { Issue } from '@tollgate/kernel'

/** What is wrong with a field, for programs and translations. Codes do not change. */
export const ISSUE_CODES = {
  REQUIRED: 'A value is missing, null or empty.',
  NOT_ALLOWED: 'The field is not allowed here, or not together with other fields of the input.',
  WRONG_TYPE: 'The value has the wrong type, such as a list instead of text.',
  WRONG_FORMAT: 'The text does not have the form of the field: a decimal, a time, an id, a currency, a URL.',
  WRONG_LENGTH: 'The text or the list is too short or too long.',
  OUT_OF_RANGE: 'The number or the time is too small or too large.',
  UNKNOWN_VALUE: 'The value is not one that the field can have.',
  UNKNOWN_FIELD: 'The input has no such field.',
  DUPLICATE: 'The value is there already.',
  CONFLICT: 'The value does not agree with another one, or with the state of what it changes.',
  INVALID: 'Anything else.',
} as const

/** A code of an issue. */
export type IssueCode = keyof typeof ISSUE_CODES

/** An issue that knows its code. */
export interface CodedIssue extends Issue {
  readonly code?: IssueCode
}

/** The forms of the sentences of issues. The first that a sentence has decides. */
const FORMS: readonly (readonly [RegExp, IssueCode])[] = [
  [
    /^(?:is|are) (?:missing|required)|^must (?:be given|not be empty|name (?:at least|values))|^or .* is required|^must have at least one|^there are no /,
    'REQUIRED',
  ],
  [/not allowed|only allowed|must be omitted|^must be false|^cannot be (?:set|added|filtered|written)|must not be set together/, 'NOT_ALLOWED'],
  [/exactly one|not both|^conflicts|^must differ|^must be another|^needs |^requires |with this kind|^overlaps/, 'CONFLICT'],
  [/duplicate|repeat|twice|each once|^must be given once|already|^has a rule|^is the name of/, 'DUPLICATE'],
  [/is not a field of/, 'UNKNOWN_FIELD'],
  [/^must be (?:text|a string|an object|a list|true or false|a number)\b|^must be a (?:plain|flat) object/, 'WRONG_TYPE'],
  [/must be (?:one of|a value of)|(?:is|are) not (?:one of|a scope|a type|a token pool|a cache pool)|^is not a parameter|^must be "/, 'UNKNOWN_VALUE'],
  [
    /characters|bytes of JSON|\b(?:items|values|policies|thresholds|dimensions|prices|steps|codes|units|types|ids|requests|events|discounts|balances|rules)\b(?:, not [\d,.]+)?$/,
    'WRONG_LENGTH',
  ],
  [
    /^must be (?:an? )?(?:whole number|integer|decimal|fraction)? ?(?:of \w+ |from |above |at least |at most |between |after |before |in the (?:future|past)|\d)/,
    'OUT_OF_RANGE',
  ],
  [/negative|at (?:most|least) |or (?:more|later)\b|\bto \d|above (?:0|zero)|in the future|^is larger than|^must be (?:after|before)/, 'OUT_OF_RANGE'],
  [/^must (?:be|consist|contain|start)|^must not (?:contain|begin)|^may |is not (?:a|an|the|valid)\b|is not an? (?:valid )?id/, 'WRONG_FORMAT'],
]

/** Returns the code of an issue. */
export function issueCode({ code, message }: CodedIssue): IssueCode {
  return code ?? FORMS.find(([form]) => form.test(message))?.[1] ?? 'INVALID'
}

/** Returns the path as clients write it: "alertAt[0]". */
export function issuePath({ path }: Issue): string {
  return path.replace(/\.(\d+)(?=\.|\[|$)/g, '[$1]')
}
