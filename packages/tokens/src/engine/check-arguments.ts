import { describeKind, inputIssues, type InputRules } from '../model/input-issues.ts'
import { InvalidInput } from '../model/invalid-input.ts'
import { isObject } from '../model/is-object.ts'

/** Throws `InvalidInput` unless an argument is an object. */
export function checkObject(given: object): void {
  if (!isObject(given)) throw new InvalidInput([{ path: '', message: `must be an object, not ${describeKind(given)}` }])
}

/** Throws `InvalidInput` unless an argument has these fields and no others: callers in JavaScript can pass anything. */
export function checkArguments<Given extends object>(given: Given, rules: InputRules<Given>): void {
  const issues = inputIssues(rules, given)
  if (issues.length > 0) throw new InvalidInput(issues)
}
