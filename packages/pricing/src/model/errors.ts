import { DomainError } from '@tollgate/kernel'

/** Prices are an operator's to publish; a tenant may only read them. */
export class OperatorOnly extends DomainError<'FORBIDDEN'> {
  constructor() {
    super('FORBIDDEN', 'Only an operator may publish prices; use an operator key.')
  }
}

/** A list of prices is not in the format that was named. */
export class UnreadablePriceList extends DomainError<'UNREADABLE_PRICE_LIST'> {
  constructor(reason: string, options?: ErrorOptions) {
    super('UNREADABLE_PRICE_LIST', `The list of prices cannot be read: ${reason}.`, options)
  }
}

/** The prices, or the list, are no longer those that the plan was made of. Nothing was published. */
export class PriceImportOutdated extends DomainError<'PRICE_IMPORT_OUTDATED'> {
  constructor() {
    super(
      'PRICE_IMPORT_OUTDATED',
      'The import would no longer do what the plan says: prices were published since, or the list is another. Nothing was published; plan it again.',
    )
  }
}
