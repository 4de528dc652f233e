import { scopeOf } from '@tollgate/accounts'
import { builder } from '../../../graphql/builder.ts'
import { decodeCursor, encodeCursor } from '../../../graphql/relay/cursor.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { PriceRef } from './price.ts'

const PriceConnectionRef = builder.connectionObject({ type: PriceRef, name: 'PriceConnection' }, { name: 'PriceEdge' })

builder.queryField('prices', t =>
  t.field({
    type: PriceConnectionRef,
    authScopes: { can: 'prices:read' },
    complexity: pageComplexity(PAGES.prices),
    description: 'Prices by provider, model and beginning. A tenant sees the shared ones and its own.',
    args: {
      provider: t.arg.string({ description: 'Only of this provider: "openai".' }),
      model: t.arg.string({ description: 'Only of this model, by its canonical name.' }),
      at: t.arg({ type: 'DateTime', description: 'Only those that are in effect then.' }),
      first: t.arg.int({ description: `How many, from 1 to ${PAGES.prices.max}; ${PAGES.prices.default} where it is left out.` }),
      after: t.arg.string({ description: 'Continue behind this cursor.' }),
    },
    resolve: async (_root, { provider, model, at, ...args }, { viewer, tollgate }) => {
      const page = readPage(args, PAGES.prices, decodeCursor)
      const wanted = { ...(typeof provider === 'string' && { provider }), ...(typeof model === 'string' && { model }), ...(at && { at }) }
      const { items, hasMore } = await tollgate.pricing.prices(scopeOf(viewer), { ...page, ...wanted })
      return toConnection(items, { hasMore, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
)
