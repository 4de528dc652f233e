import type { TokenUsageIssue } from '../model/check-token-usage.ts'
import { InvalidInput } from '../model/invalid-input.ts'
import { isObject } from './read-fields.ts'

/** What a field of an argument may hold. */
export type ArgumentRule = 'text' | 'text?' | 'iterable' | 'anything'

/** Throws `InvalidInput` unless an argument is an object. */
export function checkObject(given: object): void {
  const value: unknown = given
  if (!isObject(value)) throw new InvalidInput([{ path: '', message: `must be an object, not ${value === null ? 'null' : `a ${typeof value}`}` }])
}

/** Throws `InvalidInput` unless an argument has these fields and no others: callers in JavaScript can pass anything. */
export function checkArguments<Given extends object>(given: Given, rules: { readonly [Name in keyof Required<Given>]: ArgumentRule }): void {
  checkObject(given)
  const issues: TokenUsageIssue[] = Object.keys(given)
    .filter(name => !(name in rules))
    .map(name => ({ path: name.slice(0, MAX_NAME), message: `is not a field of this input; it has ${Object.keys(rules).join(', ')}` }))
  for (const [path, rule] of Object.entries<ArgumentRule>(rules)) {
    const problem = problemOf((given as Readonly<Record<string, unknown>>)[path], rule)
    if (problem !== undefined) issues.push({ path, message: problem })
  }
  if (issues.length > 0) throw new InvalidInput(issues)
}

const MAX_NAME = 64

function problemOf(value: unknown, rule: ArgumentRule): string | undefined {
  if (rule === 'anything' || (rule === 'text?' && (value === undefined || value === null))) return undefined
  if (value === undefined) return 'is missing'
  if (rule === 'iterable') return typeof value === 'object' && value !== null && Symbol.iterator in value ? undefined : 'must be a list, or another iterable'
  return typeof value === 'string' ? undefined : 'must be text'
}
