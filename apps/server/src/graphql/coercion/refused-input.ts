import type { CodedIssue } from '../errors/issue-code.ts'

/**
 * An input with values that its type refuses. It stands in the place of the input, so that the mutation answers with all issues
 * as a typed result. Its own properties are the fields that are right; a field that may be null and is refused is null.
 */
export class RefusedInput {
  readonly #issues: readonly CodedIssue[]

  constructor(issues: readonly CodedIssue[], fields: object) {
    this.#issues = issues
    Object.assign(this, fields)
  }

  /** Returns what is wrong with an input; none for an input that is right. */
  static issuesOf(input: unknown): readonly CodedIssue[] {
    return input instanceof RefusedInput ? input.#issues : []
  }
}
