import { scopeOf } from '@tollgate/accounts'
import { builder } from '../../../../graphql/builder.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../../../graphql/relay/cursor.ts'
import { ChargeRuleId } from '../../ids.ts'
import { PAGES } from '../../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../../graphql/relay/page.ts'
import { pageArguments } from '../../../../graphql/relay/page-arguments.ts'
import { ChargeRuleKindRef, ChargeRuleRef } from './charge-rule.ts'

const ChargeRuleConnectionRef = builder.connectionObject({ type: ChargeRuleRef, name: 'ChargeRuleConnection' }, { name: 'ChargeRuleEdge' })

builder.queryField('chargeRules', t =>
  t.field({
    type: ChargeRuleConnectionRef,
    authScopes: { $all: { operator: true, can: 'prices:read' } },
    complexity: pageComplexity(PAGES.chargeRules),
    description:
      'Lists versions of charge rules, latest published first. Requires an operator key with the scope "prices:read". Tenants see the effect of rules in explanations of their own charges.',
    args: {
      kind: t.arg({ type: ChargeRuleKindRef, description: 'Only rules of this kind.' }),
      name: t.arg.string({ description: 'Only rules with this name.' }),
      tenantId: t.arg.id({ description: 'Only rules for this one tenant.' }),
      at: t.arg({ type: 'DateTime', description: 'Only versions in effect at this time.' }),
      ...pageArguments(t.arg, PAGES.chargeRules),
    },
    resolve: async (_root, { kind, name, tenantId, at, ...args }, { viewer, tollgate }) => {
      const page = readPage(args, PAGES.chargeRules, toPosition)
      const wanted = { ...(kind && { kind }), ...(typeof name === 'string' && { name }), ...(typeof tenantId === 'string' && { tenantId }), ...(at && { at }) }
      const { items, hasMore } = await tollgate.chargeRules.list(scopeOf(viewer), { ...page, ...wanted })
      return toConnection(items, { hasMore, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
)

function toPosition(cursor: string): string {
  const id = decodeCursor(cursor)
  if (!ChargeRuleId.matches(id)) throw invalidCursor()
  return id
}
