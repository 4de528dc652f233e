import { CollectionPaused, InvoiceDisputed, NothingToCollect } from '@tollgate/invoicing/collections'
import { builder } from '../../../../graphql/builder.ts'
import { ErrorInterface } from '../../../../graphql/errors/error-interface.ts'

builder.objectType(CollectionPaused, {
  name: 'CollectionPausedError',
  description: 'Collections are paused already. Nothing was changed.',
  interfaces: [ErrorInterface],
})

builder.objectType(InvoiceDisputed, {
  name: 'InvoiceDisputedError',
  description: 'The invoice has an open dispute. Nothing was changed.',
  interfaces: [ErrorInterface],
})

builder.objectType(NothingToCollect, {
  name: 'NothingToCollectError',
  description: 'The invoice is not open. Nothing was changed.',
  interfaces: [ErrorInterface],
})
