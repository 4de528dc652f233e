const DOMAIN_ERROR = Symbol.for('tollgate.DomainError')

/**
 * An expected failure, with a stable `code` for programs and a sentence for people. Each kind of failure has its own
 * subclass, with typed fields. Any other error is a defect and is never shown to callers.
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

/** Whether the value is a `DomainError`, also of another copy of this package, which `instanceof` would miss. */
export function isDomainError(error: unknown): error is DomainError {
  return error instanceof Error && DOMAIN_ERROR in error
}

/** A problem of one field of an input. `path` is the name that the client uses, such as `"tokens.input"`. */
export interface Issue {
  readonly path: string
  readonly message: string
}

/** The input is invalid. Every issue names its field. */
export class InvalidInput extends DomainError<'INVALID_INPUT'> {
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    super('INVALID_INPUT', describeIssues(issues))
    this.issues = issues
  }
}

/** Maximum number of issues in a message. The error holds all of them. */
const MAX_DESCRIBED = 10

/** Describes issues in one sentence, for people. Names the first ten. */
export function describeIssues(issues: readonly Issue[]): string {
  const described = issues.slice(0, MAX_DESCRIBED).map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
  if (issues.length > MAX_DESCRIBED) described.push(`and ${issues.length - MAX_DESCRIBED} more`)
  return described.join('; ')
}
