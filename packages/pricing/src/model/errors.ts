import { DomainError } from '@tollgate/kernel'

/** A price list is not in the given format. */
export class UnreadablePriceList extends DomainError<'UNREADABLE_PRICE_LIST'> {
  constructor(reason: string, options?: ErrorOptions) {
    super('UNREADABLE_PRICE_LIST', `The price list cannot be read: ${reason}.`, options)
  }
}

/** The prices or the list changed after an import was planned. Nothing was published. */
export class PriceImportOutdated extends DomainError<'PRICE_IMPORT_OUTDATED'> {
  constructor() {
    super('PRICE_IMPORT_OUTDATED', 'The prices or the list changed since the import was planned. Nothing was published; plan the import again.')
  }
}
