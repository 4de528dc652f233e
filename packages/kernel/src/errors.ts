const DOMAIN_ERROR = Symbol.for('tollgate.DomainError')

/**
 * An expected failure: a stable `code` for programs, a sentence for people, and typed fields on each subclass.
 * One class a failure. Anything that is not a `DomainError` is a defect and never shown to a caller.
 */
export abstract class DomainError<Code extends string = string> extends Error {
  readonly code: Code

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.name = new.target.name
    Object.defineProperty(this, DOMAIN_ERROR, { value: true })
  }
}

/** Tells a `DomainError`, also one made by another copy of this package (`instanceof` would miss that). */
export function isDomainError(error: unknown): error is DomainError {
  return error instanceof Error && DOMAIN_ERROR in error
}

/** One thing wrong with one field of an input. `path` is as the client wrote it: `"tokens.input"`. */
export interface Issue {
  readonly path: string
  readonly message: string
}

/** Input that cannot be taken as it is; every issue names its field. */
export class InvalidInput extends DomainError<'INVALID_INPUT'> {
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    super('INVALID_INPUT', describeIssues(issues))
    this.issues = issues
  }
}

/** What a person reads before mending an input; the issues themselves are all on the error. */
const MAX_DESCRIBED = 10

/** One sentence for all issues, as it is shown to people and kept as a rejection's reason. Names the first ten. */
export function describeIssues(issues: readonly Issue[]): string {
  const described = issues.slice(0, MAX_DESCRIBED).map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
  if (issues.length > MAX_DESCRIBED) described.push(`and ${issues.length - MAX_DESCRIBED} more`)
  return described.join('; ')
}
