import { DomainError } from '@tollgate/kernel'

/** The tax of an invoice cannot be determined, because something is missing. */
export class TaxUndetermined extends DomainError<'TAX_UNDETERMINED'> {
  /** Field of the billing profile or the seller, such as "buyer.address.region". */
  readonly field: string

  constructor(field: string, message: string) {
    super('TAX_UNDETERMINED', message)
    this.field = field
  }
}
