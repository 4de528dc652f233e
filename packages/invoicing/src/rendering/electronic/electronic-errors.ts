import { DomainError } from '@tollgate/kernel'

/** The invoice lacks something that EN 16931 requires. */
export class ElectronicInvoiceUnavailable extends DomainError<'ELECTRONIC_INVOICE_UNAVAILABLE'> {
  /** Everything that is missing, in sentences. */
  readonly reasons: readonly string[]

  constructor(reasons: readonly string[]) {
    super('ELECTRONIC_INVOICE_UNAVAILABLE', `There is no electronic invoice: ${reasons.join(' ')}`)
    this.reasons = reasons
  }
}
