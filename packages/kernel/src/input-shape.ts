import { InvalidInput, type Issue } from './errors.ts'

/** What a field may hold. Formats and bounds are checked where the field is read. */
export type FieldKind = keyof typeof KINDS

/** A kind; with `?`, the field may be omitted or null; with `|null`, it must be there and may be null. */
export type FieldRule = FieldKind | `${FieldKind}?` | `${FieldKind}|null`

interface Kind {
  readonly name: string
  readonly holds: (value: unknown) => boolean
}

const KINDS = {
  text: { name: 'text', holds: value => typeof value === 'string' },
  boolean: { name: 'true or false', holds: value => typeof value === 'boolean' },
  integer: { name: 'an integer up to 2^53 - 1', holds: value => Number.isSafeInteger(value) },
  number: { name: 'a number', holds: value => typeof value === 'number' && Number.isFinite(value) },
  amount: {
    name: 'a decimal as text, a Decimal or an integer, such as "0.05" or 500',
    holds: value => typeof value === 'string' || Number.isSafeInteger(value) || isDecimal(value),
  },
  time: {
    name: 'a time with an offset as text, a Date or a Temporal.Instant, such as "2026-11-20T09:30:00Z"',
    holds: value => typeof value === 'string' || value instanceof Date || (typeof value === 'object' && value !== null && 'epochNanoseconds' in value),
  },
  list: { name: 'a list', holds: value => Array.isArray(value) },
  object: { name: 'an object', holds: value => typeof value === 'object' && value !== null && !Array.isArray(value) },
  function: { name: 'a function', holds: value => typeof value === 'function' },
  anything: { name: 'anything', holds: value => value !== undefined },
} as const satisfies Record<string, Kind>

/** Tells decimals by the mark that decimal.js gives them, so that programs which check only shapes do not load it. */
function isDecimal(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value as { readonly toStringTag?: unknown }).toStringTag === '[object Decimal]'
}

interface Field extends Kind {
  readonly isRequired: boolean
  readonly mayBeNull: boolean
}

/** The fields of an input. */
export interface InputShape<Input extends object> {
  readonly fields: ReadonlyMap<string, Field>
  readonly required: number
  /** Only for the compiler. */
  readonly of?: (input: Input) => void
}

/** Describes an input: one rule for each of its fields. The compiler refuses a field that is missing here. */
export function inputShape<Input extends object>(rules: { readonly [Name in keyof Required<Input>]: FieldRule }): InputShape<Input> {
  const entries = Object.entries(rules as Readonly<Record<string, FieldRule>>)
  const fields = new Map(entries.map(([name, rule]): [string, Field] => [name, fieldOf(rule)]))
  return { fields, required: [...fields.values()].filter(({ isRequired }) => isRequired).length }
}

/**
 * Returns the problems of an input from a caller that no compiler has checked: unknown, missing and wrong fields. Undefined if it
 * has the shape, which is decided in one pass without creating anything. `path` is the prefix of the names of fields.
 */
export function shapeIssues<Input extends object>({ fields, required }: InputShape<Input>, input: Input, path = ''): Issue[] | undefined {
  if (typeof input !== 'object' || (input as object | null) === null || Array.isArray(input))
    return [{ path, message: `must be an object, not ${kindOf(input)}` }]
  let found = 0
  for (const name in input) {
    const field = fields.get(name)
    if (field === undefined) return issuesOf(fields, input, path)
    const value: unknown = input[name]
    if (value === undefined || value === null) {
      if (value === null ? !field.mayBeNull : field.isRequired) return issuesOf(fields, input, path)
    } else if (!field.holds(value)) return issuesOf(fields, input, path)
    if (field.isRequired) found += 1
  }
  return found === required ? undefined : issuesOf(fields, input, path)
}

/** Returns the function that calls `run` with inputs that have the shape, and rejects others with `InvalidInput`. */
export function checkedInput<Input extends object, Result>(
  shape: InputShape<Input>,
  run: (input: Input) => Promise<Result>,
): (input: Input) => Promise<Result> {
  return input => {
    const issues = shapeIssues(shape, input)
    return issues === undefined ? run(input) : Promise.reject(new InvalidInput(issues))
  }
}

/** Throws `InvalidInput` if an input does not have the shape. */
export function checkShape<Input extends object>(shape: InputShape<Input>, input: Input, path = ''): void {
  const issues = shapeIssues(shape, input, path)
  if (issues !== undefined) throw new InvalidInput(issues)
}

function fieldOf(rule: FieldRule): Field {
  const kind = KINDS[/^\w+/.exec(rule)?.[0] as FieldKind]
  return { name: kind.name, holds: kind.holds, isRequired: !rule.endsWith('?'), mayBeNull: rule.endsWith('?') || rule.endsWith('|null') }
}

/** Undefined if the fields that the input inherits make it whole. */
function issuesOf(fields: ReadonlyMap<string, Field>, input: object, path: string): Issue[] | undefined {
  const at = (name: string) => (path === '' ? name : `${path}.${name}`)
  const issues: Issue[] = []
  for (const name in input) {
    if (!fields.has(name)) issues.push({ path: at(name.slice(0, MAX_NAME)), message: `is not a field of this input; it has ${[...fields.keys()].join(', ')}` })
  }
  for (const [name, { name: kind, holds, isRequired, mayBeNull }] of fields) {
    const value: unknown = (input as Readonly<Record<string, unknown>>)[name]
    if (value === undefined ? !isRequired : value === null ? mayBeNull : holds(value)) continue
    issues.push({ path: at(name), message: value === undefined ? 'is missing' : `must be ${kind}, not ${kindOf(value)}` })
  }
  return issues.length > 0 ? issues : undefined
}

const MAX_NAME = 64

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number') return `the number ${value}`
  if (typeof value === 'string') return 'text'
  return typeof value === 'object' || typeof value === 'undefined' ? 'an object' : `a ${typeof value}`
}
