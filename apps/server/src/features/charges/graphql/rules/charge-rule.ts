import { scopeOf } from '@tollgate/accounts'
import { type ChargeRule, type ChargeRuleKind, chargeRuleLabel } from '@tollgate/charges'
import { requireScope } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { TenantRef } from '../../../accounts/graphql/tenant.ts'

/** The kinds of charge rules. */
export const ChargeRuleKindRef = builder.enumType('ChargeRuleKind', {
  description: 'The kinds of charge rules.',
  values: {
    MARKUP: { value: 'markup', description: 'A percentage on top of what providers charge.' },
    DISCOUNT: { value: 'discount', description: 'Something taken off.' },
    PRICE_MODEL: { value: 'price-model', description: 'A price list of our own, in place of cost and markup.' },
  } as const satisfies Record<Uppercase<string>, { value: ChargeRuleKind; description: string }>,
})

/** A version of a charge rule; wherever an id is resolved, they are loaded together. An operator's alone: rules have coupons in them. */
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
    'One version of a rule of how tenants are charged. Never changed: a later version takes its place for its own time, and a withdrawal is a version without terms.',
  fields: t => ({
    kind: t.expose('kind', { type: ChargeRuleKindRef, description: 'What kind of rule it is.' }),
    name: t.exposeString('name', { description: 'What all its versions share.' }),
    version: t.exposeInt('version', { description: 'Counts up from 1, in the order of publication.' }),
    label: t.string({ description: 'What explanations call it: "launch v2".', resolve: chargeRuleLabel }),
    tenant: t.field({ type: TenantRef, nullable: true, description: "Whose charges it is for; null for everybody's.", resolve: ({ tenantId }) => tenantId }),
    plan: t.exposeString('plan', { nullable: true, description: 'For tenants on this plan (their `tier`) only; null for those on any.' }),
    from: t.expose('from', { type: 'DateTime', description: 'The first instant that it is in effect.' }),
    to: t.expose('to', { type: 'DateTime', nullable: true, description: 'The first instant that it is no longer; null where it has no end.' }),
    withdrawn: t.boolean({ description: 'Whether this version withdraws the rule, from its time on.', resolve: ({ terms }) => terms === null }),
    terms: t.expose('terms', { type: 'JSON', nullable: true, description: 'What it says, as it is kept; null where it withdraws the rule.' }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', description: 'When it was published.' }),
  }),
})
