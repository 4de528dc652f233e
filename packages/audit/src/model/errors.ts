import { DomainError } from '@tollgate/kernel'

/** A text is not a valid signed note, checkpoint, key or proof. */
export class AuditTextInvalid extends DomainError<'AUDIT_TEXT_INVALID'> {
  constructor(message: string) {
    super('AUDIT_TEXT_INVALID', message)
  }
}

/** A proof or checkpoint is readable, but does not hold. */
export class AuditProofRejected extends DomainError<'AUDIT_PROOF_REJECTED'> {
  constructor(message: string) {
    super('AUDIT_PROOF_REJECTED', message)
  }
}

/** The log is not intact, so nothing is signed or proven. Verify the log to find the broken place. */
export class AuditLogBroken extends DomainError<'AUDIT_LOG_BROKEN'> {
  readonly sequence: number

  constructor(sequence: number, message: string) {
    super('AUDIT_LOG_BROKEN', `The audit log is not intact at sequence ${sequence}, so nothing was signed or proven. ${message}`)
    this.sequence = sequence
  }
}

/** No signing key was given. */
export class AuditKeyMissing extends DomainError<'AUDIT_KEY_MISSING'> {
  constructor() {
    super('AUDIT_KEY_MISSING', 'There is no key to sign checkpoints of the audit log with. Configure one.')
  }
}

/** Too many events wait for their append. The call recorded nothing and can be retried. */
export class AuditOverloaded extends DomainError<'OVERLOADED'> {
  readonly retryAfterMs: number

  constructor(retryAfterMs: number, options?: ErrorOptions) {
    super('OVERLOADED', `Too many audit events are waiting. Nothing of this call was recorded; retry in ${retryAfterMs} ms.`, options)
    this.retryAfterMs = retryAfterMs
  }
}

/** The store cannot be reached. The events may or may not have been recorded: retry them with the same idempotency keys. */
export class AuditStoreUnavailable extends DomainError<'STORE_UNAVAILABLE'> {
  constructor(options?: ErrorOptions) {
    super('STORE_UNAVAILABLE', 'The database is unavailable, and the audit events may not have been recorded. Retry with the same idempotency keys.', options)
  }
}
