import { scopeOf } from '../../../accounts/viewer.ts'
import { builder } from '../../builder.ts'
import { toConnection } from '../../connection.ts'
import { decodeCursor, encodeCursor } from '../../cursor.ts'
import { PAGES } from '../../limits.ts'
import { pageComplexity, pageSize } from '../../page-size.ts'
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
    resolve: async (_root, { provider, model, at, first, after }, { viewer, tollgate }) => {
      const [position] = after ? decodeCursor(after, 1) : []
      const query = { ...(provider && { provider }), ...(model && { model }), ...(at && { at }), first: pageSize(first, PAGES.prices), ...(position && { after: position }) }
      const { prices, hasMore } = await tollgate.pricing.prices(scopeOf(viewer), query)
      return toConnection(prices, { hasMore, continued: Boolean(after), cursor: ({ id }) => encodeCursor(id) })
    },
  }),
)
