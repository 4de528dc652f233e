import { DomainError } from '@tollgate/kernel'

/** Collections of the tenant or invoice are paused already. Nothing was changed. */
export class CollectionPaused extends DomainError<'COLLECTION_PAUSED'> {
  constructor(what: string) {
    super('COLLECTION_PAUSED', `Collections of ${what} are paused already. Resume them first.`)
  }
}

/** The invoice has an open dispute. Nothing was changed. */
export class InvoiceDisputed extends DomainError<'INVOICE_DISPUTED'> {
  constructor(invoiceId: string) {
    super('INVOICE_DISPUTED', `The invoice ${invoiceId} has an open dispute. Resolve it first.`)
  }
}

/** The invoice is paid, void, uncollectible or a draft, so there is nothing to collect. Nothing was changed. */
export class NothingToCollect extends DomainError<'NOTHING_TO_COLLECT'> {
  constructor(invoiceId: string) {
    super('NOTHING_TO_COLLECT', `The invoice ${invoiceId} is not open: it is paid, void, uncollectible or a draft. There is nothing to collect.`)
  }
}
