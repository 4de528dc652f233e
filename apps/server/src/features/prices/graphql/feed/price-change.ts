import type { PriceChange, RateMove } from '@tollgate/pricing'
import { builder } from '../../../../graphql/builder.ts'

const RateMoveRef = builder.objectRef<RateMove>('RateMove').implement({
  description: 'A rate that moves by more than 30 %, or ends.',
  fields: t => ({
    served: t.exposeString('served', { description: 'How the calls are served, such as "batch us". Empty for standard calls.' }),
    from: t.expose('from', { type: 'DateTime', nullable: true, description: 'First time at which the rate moves. Null if it always does.' }),
    rate: t.exposeString('rate', {
      description: 'Token pool, "request", or kind and variant of units. "price" if calls lose their price, "names" if other names may get it.',
    }),
    above: t.expose('above', { type: 'SafeInt', nullable: true, description: 'Set for the rate of contexts with more input tokens than this.' }),
    before: t.expose('before', { type: 'Decimal', nullable: true, description: 'Active rate, in USD per million tokens, per request or per unit.' }),
    after: t.expose('after', { type: 'Decimal', nullable: true, description: 'Rate in the new list. Null if it ends.' }),
  }),
})

/** Prices of a model in a fetched list that wait for an operator. */
export const PriceChangeRef = builder.objectRef<PriceChange>('PriceChange').implement({
  description: 'Prices of a model in a fetched list that wait for an operator, because they move by more than 30 %. Until then, the model keeps its prices.',
  fields: t => ({
    id: t.exposeID('id', { description: 'Pass it to `approvePriceChanges` or `refusePriceChanges`. A later list with other prices has another id.' }),
    provider: t.exposeString('provider', { description: 'Provider of the model.' }),
    model: t.exposeString('model', { description: 'Canonical name of the model.' }),
    names: t.stringList({ description: 'Names of calls whose cost moves, up to 10.', resolve: ({ names }) => [...names] }),
    moves: t.field({
      type: [RateMoveRef],
      complexity: { field: 1, multiplier: 5 },
      description: 'Rates that move, the largest first, up to 20.',
      resolve: ({ moves }) => [...moves],
    }),
  }),
})
