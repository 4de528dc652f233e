import { isUuid } from '@tollgate/kernel'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { PAGES } from '../../../../graphql/limits/limits.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../../../graphql/relay/cursor.ts'
import { pageComplexity, readPage, toConnection } from '../../../../graphql/relay/page.ts'
import { pageArguments } from '../../../../graphql/relay/page-arguments.ts'
import { EmailRef, EmailStateRef } from './email.ts'

const EmailConnectionRef = builder.connectionObject({ type: EmailRef, name: 'EmailConnection' }, { name: 'EmailEdge' })

builder.queryField('emails', t =>
  t.field({
    type: EmailConnectionRef,
    authScopes: { $all: { operator: true, can: 'billing:read' } },
    complexity: pageComplexity(PAGES.emails),
    description: 'Lists e-mails, latest first: of a tenant, or those to the operator. Empty if no mail server is set up. Requires an operator key.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. Defaults to e-mails to the operator.' }),
      state: t.arg({ type: EmailStateRef, description: 'Only e-mails in this state.' }),
      ...pageArguments(t.arg, PAGES.emails),
    },
    resolve: async (_root, { tenantId: named, state, ...args }, context) => {
      const tenantId = named === null || named === undefined ? null : await tenantOf(context, named)
      const page = readPage(args, PAGES.emails, readCursor)
      const listed = await context.tollgate.mail?.mailbox.list({ tenantId, state: state ?? undefined, ...page })
      return toConnection(listed?.items ?? [], { hasMore: listed?.hasMore ?? false, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
)

function readCursor(cursor: string): string {
  const id = decodeCursor(cursor)
  if (!isUuid(id)) throw invalidCursor()
  return id
}
