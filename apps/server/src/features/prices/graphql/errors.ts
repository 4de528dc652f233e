import { PriceImportOutdated, UnreadablePriceList } from '@tollgate/pricing'
import { builder } from '../../../graphql/builder.ts'
import { ErrorInterface } from '../../../graphql/errors/error-interface.ts'

builder.objectType(UnreadablePriceList, {
  name: 'UnreadablePriceListError',
  description: 'The price list is not in the given format.',
  interfaces: [ErrorInterface],
})

builder.objectType(PriceImportOutdated, {
  name: 'PriceImportOutdatedError',
  description: 'Prices were published since the import was planned, or the list has changed. Nothing was published; plan the import again.',
  interfaces: [ErrorInterface],
})
