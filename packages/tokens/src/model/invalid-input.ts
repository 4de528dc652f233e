import type { InputIssue } from './input-issues.ts'

/** How packages of Tollgate mark expected failures. */
const DOMAIN_ERROR = Symbol.for('tollgate.DomainError')

/**
 * An argument is wrong; every issue names its field. It has the code, the issues and the mark of `InvalidInput` of `@tollgate/kernel`,
 * which this package does not import.
 */
export class InvalidInput extends Error {
  readonly code = 'INVALID_INPUT'
  readonly issues: readonly InputIssue[]

  constructor(issues: readonly InputIssue[]) {
    super(issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; '))
    this.name = 'InvalidInput'
    this.issues = issues
    Object.defineProperty(this, DOMAIN_ERROR, { value: true })
  }
}
