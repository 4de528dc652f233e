import { InvalidInput } from '@tollgate/metadata'
import { inputIssues, type InputRules } from '@tollgate/tokens/input'

/** Throws `InvalidInput` unless an input has these fields and no others. `path` is the prefix of the names of fields. */
export function checkInput<Input extends object>(rules: InputRules<Input>, input: Input, path?: string): void {
  const issues = inputIssues(rules, input, path)
  if (issues.length > 0) throw new InvalidInput(issues)
}
