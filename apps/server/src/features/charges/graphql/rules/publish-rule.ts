import { scopeOf } from '@tollgate/accounts'
import type { ChargeRule, ChargeRuleDraft } from '@tollgate/charges'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { ChargeRuleRef } from './charge-rule.ts'
import type { InputFields } from '../inputs/input-fields.ts'
import { withInputPaths } from '../inputs/path-in-input.ts'

/** Returns the fields that all rules share. */
export function ruleFields(t: InputFields) {
  return {
    name: t.string({ required: true, description: 'Name of the rule. An existing name of the same kind gets its next version.' }),
    tenantId: t.id({ description: 'Tenant that the rule applies to. Defaults to all tenants.' }),
    plan: t.string({ description: 'Plan (`tier` of the tenant) that the rule applies to. Defaults to all plans.' }),
    from: t.field({ type: 'DateTime', description: 'When the rule takes effect. May be in the past. Defaults to now.' }),
    to: t.field({ type: 'DateTime', description: 'When the rule ends, exclusive. Defaults to no end.' }),
  }
}

/** Makes the payload of a mutation that adds a version. */
export function rulePayload(name: `${string}Payload`, description: string) {
  return builder.objectRef<{ chargeRule: ChargeRule }>(name).implement({
    description,
    fields: t => ({ chargeRule: t.expose('chargeRule', { type: ChargeRuleRef, description: 'The version that was added.' }) }),
  })
}

/** Authorization and errors of mutations that add a version. */
export const RULE_MUTATION = {
  authScopes: { $all: { operator: true, can: 'prices:write' as const } },
  errors: { types: [InvalidInput, Forbidden, NotFound] },
}

/** Publishes a rule for an existing tenant. Issues have the paths of the client's input. */
export async function publishRule(context: GraphQLContext, input: object, draft: ChargeRuleDraft): Promise<{ chargeRule: ChargeRule }> {
  if (typeof draft.tenantId === 'string') await tenantOf(context, draft.tenantId)
  // The fields of a discount are at the top level of the input, and nested in a rule.
  const publish = () => context.tollgate.chargeRules.publish(scopeOf(context.viewer), draft)
  return { chargeRule: await withInputPaths(input, 'discount.', publish) }
}
