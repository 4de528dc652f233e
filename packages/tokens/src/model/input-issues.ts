import { isObject } from './is-object.ts'

/** A problem of one field of an input. `path` is the name that the caller uses, such as "tokens.input". */
export interface InputIssue {
  readonly path: string
  readonly message: string
}

interface Kind {
  readonly name: string
  readonly holds: (value: unknown) => boolean
}

const KINDS = {
  text: { name: 'text', holds: value => typeof value === 'string' },
  boolean: { name: 'true or false', holds: value => typeof value === 'boolean' },
  integer: { name: 'an integer up to 2^53 - 1', holds: Number.isSafeInteger },
  number: { name: 'a number', holds: Number.isFinite },
  list: { name: 'a list', holds: Array.isArray },
  iterable: { name: 'a list, or another iterable', holds: value => typeof value === 'object' && value !== null && Symbol.iterator in value },
  object: { name: 'an object', holds: isObject },
  function: { name: 'a function', holds: value => typeof value === 'function' },
  /** Any value but undefined. */
  anything: { name: 'anything', holds: () => true },
} as const satisfies Record<string, Kind>

type FieldKind = keyof typeof KINDS

/** What a field may hold. With `?`, the field may be omitted or null. */
export type FieldRule = FieldKind | `${FieldKind}?`

interface Rule extends Kind {
  readonly isOptional: boolean
}

/** Rules by their text, so that checking a field takes one look-up. */
const RULES = /* @__PURE__ */ Object.fromEntries(
  /* @__PURE__ */ Object.entries<Kind>(KINDS).flatMap(([rule, kind]) => [
    [rule, { ...kind, isOptional: false }],
    [`${rule}?`, { ...kind, isOptional: true }],
  ]),
) as Readonly<Record<FieldRule, Rule>>

/** The fields of an input: one rule for each. The compiler refuses a field that is missing here. */
export type InputRules<Input extends object> = { readonly [Name in keyof Required<Input>]: FieldRule }

/**
 * Returns the problems of an input from a caller that no compiler has checked: unknown, missing and wrong fields. Empty if there are
 * none. `path` is the prefix of the names of fields.
 */
export function inputIssues<Input extends object>(rules: InputRules<Input>, input: Input, path = ''): InputIssue[] {
  if (!isObject(input)) return [{ path, message: `must be an object, not ${describeKind(input)}` }]
  const prefix = path && `${path}.`
  const issues: InputIssue[] = []
  for (const name in input) {
    if (!Object.hasOwn(rules, name))
      issues.push({ path: prefix + name.slice(0, MAX_NAME), message: `is not a field of this input; it has ${Object.keys(rules).join(', ')}` })
  }
  for (const name in rules) {
    const message = problemOf(input[name], RULES[rules[name]])
    if (message !== undefined) issues.push({ path: prefix + name, message })
  }
  return issues
}

const MAX_NAME = 64

function problemOf(value: unknown, { name, holds, isOptional }: Rule): string | undefined {
  if (value === undefined || (value === null && isOptional)) return isOptional ? undefined : 'is missing'
  return holds(value) ? undefined : `must be ${name}, not ${describeKind(value)}`
}

/** Describes a value by its kind, because the value may be long. */
export function describeKind(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number') return `the number ${value}`
  if (typeof value === 'string') return 'text'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
