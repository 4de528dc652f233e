import { scopeOf } from '@tollgate/accounts'
import type { ChargeRule, ChargeRuleDraft } from '@tollgate/charges'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { ChargeRuleRef } from './charge-rule.ts'
import type { InputFields } from '../inputs/input-fields.ts'
import { withInputPaths } from '../inputs/path-in-input.ts'

/** The fields of every rule's input. */
export function ruleFields(t: InputFields) {
  return {
    name: t.string({ required: true, description: 'What the rule is called. A name that is there already, of this kind, gets its next version.' }),
    tenantId: t.id({ description: "Whose charges it is for; everybody's where it is left out." }),
    plan: t.string({ description: 'For tenants on this plan (their `tier`) only; on any where it is left out.' }),
    from: t.field({ type: 'DateTime', description: 'The first instant that it is in effect; now where it is left out. May be in the past.' }),
    to: t.field({ type: 'DateTime', description: 'The first instant that it is no longer in effect; no end where it is left out.' }),
  }
}

/** What a mutation that writes a rule answers with. */
export function rulePayload(name: `${string}Payload`, description: string) {
  return builder.objectRef<{ chargeRule: ChargeRule }>(name).implement({
    description,
    fields: t => ({ chargeRule: t.expose('chargeRule', { type: ChargeRuleRef, description: 'The version that was added.' }) }),
  })
}

/** Who may write rules, and how it can fail. */
export const RULE_MUTATION = {
  authScopes: { $all: { operator: true, can: 'prices:write' as const } },
  errors: { types: [InvalidInput, Forbidden, NotFound] },
}

/** Publishes a rule, for a tenant that exists. What is wrong with it is named as the client wrote it. */
export async function publishRule(context: GraphQLContext, input: object, draft: ChargeRuleDraft): Promise<{ chargeRule: ChargeRule }> {
  if (typeof draft.tenantId === 'string') await tenantOf(context, draft.tenantId)
  // A discount's fields are the input's own; a rule keeps them by themselves.
  const publish = () => context.tollgate.chargeRules.publish(scopeOf(context.viewer), draft)
  return { chargeRule: await withInputPaths(input, 'discount.', publish) }
}
