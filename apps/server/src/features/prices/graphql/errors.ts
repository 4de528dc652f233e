import { PriceImportOutdated, UnreadablePriceList } from '@tollgate/pricing'
import { builder } from '../../../graphql/builder.ts'
import { ErrorInterface } from '../../../graphql/errors/error-interface.ts'

builder.objectType(UnreadablePriceList, {
  name: 'UnreadablePriceListError',
  description: 'A list of prices is not in the format that was named.',
  interfaces: [ErrorInterface],
})

builder.objectType(PriceImportOutdated, {
  name: 'PriceImportOutdatedError',
  description: 'Prices were published since the plan was made, or the list is another. Nothing was published: plan it again.',
  interfaces: [ErrorInterface],
})
