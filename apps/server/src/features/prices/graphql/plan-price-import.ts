import { scopeOf } from '@tollgate/accounts'
import { builder } from '../../../graphql/builder.ts'
import { PriceImportPlanRef } from './price-import-plan.ts'
import { PriceListInputRef, toImportSource } from './price-list-input.ts'

builder.queryField('planPriceImport', t =>
  t.field({
    type: PriceImportPlanRef,
    authScopes: { $all: { operator: true, can: 'prices:write' } },
    description: 'What taking a list of prices would do, without doing it. For operators with the scope "prices:write".',
    args: { input: t.arg({ type: PriceListInputRef, required: true, description: 'The list.' }) },
    resolve: (_root, { input }, { viewer, tollgate }) => tollgate.pricing.planPriceImport(scopeOf(viewer), toImportSource(input)),
  }),
)
