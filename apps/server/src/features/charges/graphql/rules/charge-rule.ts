import { scopeOf } from '@tollgate/accounts'
import { type ChargeRule, type ChargeRuleKind, chargeRuleLabel } from '@tollgate/charges'
import { requireScope } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { TenantRef } from '../../../accounts/graphql/tenant.ts'

/** The kind of a charge rule. */
export const ChargeRuleKindRef = builder.enumType('ChargeRuleKind', {
  description: 'The kind of a charge rule.',
  values: {
    MARKUP: { value: 'markup', description: 'A percentage added to what providers charge.' },
    DISCOUNT: { value: 'discount', description: 'An amount or a percentage off.' },
    PRICE_MODEL: { value: 'price-model', description: 'A price list that replaces cost and markup.' },
  } as const satisfies Record<Uppercase<string>, { value: ChargeRuleKind; description: string }>,
})

/** A version of a charge rule, loaded in batches. For operators only, because rules contain coupon codes. */
export const ChargeRuleRef = builder.loadableNodeRef('ChargeRule', {
  id: { resolve: (rule: ChargeRule) => rule.id },
  load: async (ids: string[], { viewer, tollgate }): Promise<ChargeRule[]> => {
    requireScope(viewer, 'prices:read')
    return [...(await tollgate.chargeRules.byIds(scopeOf(viewer), ids))]
  },
  sort: rule => rule.id,
})

builder.objectType(ChargeRuleRef, {
  name: 'ChargeRule',
  description:
    'One version of a rule that tenants are charged by. Versions never change: a later version replaces it for its own interval, and a withdrawal is a version without terms.',
  fields: t => ({
    kind: t.expose('kind', { type: ChargeRuleKindRef, description: 'Kind of rule.' }),
    name: t.exposeString('name', { description: 'Name of the rule, which all its versions share.' }),
    version: t.exposeInt('version', { description: 'Number of the version. Counts up from 1 in the order of publication.' }),
    label: t.string({ description: 'Name and version, as in explanations: "launch v2".', resolve: chargeRuleLabel }),
    tenant: t.field({
      type: TenantRef,
      nullable: true,
      description: 'Tenant that the rule applies to. Null for all tenants.',
      resolve: ({ tenantId }) => tenantId,
    }),
    plan: t.exposeString('plan', { nullable: true, description: 'Plan (`tier` of the tenant) that the rule applies to. Null for all plans.' }),
    from: t.expose('from', { type: 'DateTime', description: 'When the version takes effect.' }),
    to: t.expose('to', { type: 'DateTime', nullable: true, description: 'When the version ends, exclusive. Null for no end.' }),
    withdrawn: t.boolean({ description: 'Whether this version withdraws the rule.', resolve: ({ terms }) => terms === null }),
    terms: t.expose('terms', { type: 'JSON', nullable: true, description: 'Terms of the rule, as stored. Null if the version withdraws the rule.' }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', description: 'When the version was published.' }),
  }),
})
