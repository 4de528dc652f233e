import { isUuid } from '@tollgate/kernel'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../../graphql/relay/cursor.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { pageArguments } from '../../../graphql/relay/page-arguments.ts'
import { WalletRef } from './wallet.ts'

const WalletConnectionRef = builder.connectionObject({ type: WalletRef, name: 'WalletConnection' }, { name: 'WalletEdge' })

builder.queryField('wallets', t =>
  t.field({
    type: WalletConnectionRef,
    authScopes: { can: 'credits:read' },
    complexity: pageComplexity(PAGES.wallets),
    description: 'Lists the wallets of a tenant: its own first, then those of its customers, by id.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. Required with an operator key; a tenant key reads its own tenant.' }),
      ...pageArguments(t.arg, PAGES.wallets),
    },
    resolve: async (_root, { tenantId: named, ...args }, context) => {
      const tenantId = await tenantOf(context, named)
      const page = readPage(args, PAGES.wallets, readWalletId)
      const { items, hasMore } = await context.tollgate.credits.walletStatuses({ tenantId, ...page })
      return toConnection(items, { hasMore, page, cursor: ({ wallet: { id } }) => encodeCursor(id) })
    },
  }),
)

function readWalletId(cursor: string): string {
  const id = decodeCursor(cursor)
  if (!isUuid(id)) throw invalidCursor()
  return id
}
