import { scopeOf } from '@tollgate/accounts'
import { builder } from '../../../graphql/builder.ts'
import { PriceImportPlanRef } from './price-import-plan.ts'
import { PriceListInputRef, toImportSource } from './price-list-input.ts'

builder.queryField('planPriceImport', t =>
  t.field({
    type: PriceImportPlanRef,
    authScopes: { $all: { operator: true, can: 'prices:write' } },
    description: 'Dry run of `applyPriceImport`: compares a public price list with the current prices. Requires an operator key with the scope "prices:write".',
    args: { input: t.arg({ type: PriceListInputRef, required: true, description: 'List to import from.' }) },
    resolve: (_root, { input }, { viewer, tollgate }) => tollgate.pricing.planPriceImport(scopeOf(viewer), toImportSource(input)),
  }),
)
