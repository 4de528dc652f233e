import { scopeOf } from '@tollgate/accounts'
import { requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { COSTS_SCOPE } from '../../../graphql/plugins/cost-fields.ts'
import { decodeCursor, encodeCursor } from '../../../graphql/relay/cursor.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { pageArguments } from '../../../graphql/relay/page-arguments.ts'
import { PriceRef } from './price.ts'

const PriceConnectionRef = builder.connectionObject({ type: PriceRef, name: 'PriceConnection' }, { name: 'PriceEdge' })

builder.queryField('prices', t =>
  t.field({
    type: PriceConnectionRef,
    authScopes: { can: 'prices:read' },
    complexity: pageComplexity(PAGES.prices),
    description: `Lists prices by provider, model and start. Tenants see shared prices and their own. Requires the scope "${COSTS_SCOPE}" too.`,
    args: {
      provider: t.arg.string({ description: 'Only prices of this provider, such as "openai".' }),
      model: t.arg.string({ description: 'Only prices of this model, by its canonical name.' }),
      at: t.arg({ type: 'DateTime', description: 'Only prices whose interval contains this time.' }),
      ...pageArguments(t.arg, PAGES.prices),
    },
    resolve: async (_root, { provider, model, at, ...args }, { viewer, tollgate }) => {
      requireScope(viewer, COSTS_SCOPE)
      const page = readPage(args, PAGES.prices, decodeCursor)
      const filter = { ...(typeof provider === 'string' && { provider }), ...(typeof model === 'string' && { model }), ...(at && { at }) }
      const { items, hasMore } = await tollgate.pricing.prices(scopeOf(viewer), { ...page, ...filter })
      return toConnection(items, { hasMore, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
)
