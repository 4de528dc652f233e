import { scopeOf } from '@tollgate/accounts'
import { NotFound } from '@tollgate/kernel'
import { builder } from '../../../../graphql/builder.ts'
import { ChargeRuleId } from '../../ids.ts'
import { RULE_MUTATION, rulePayload } from './publish-rule.ts'

const WithdrawChargeRuleInputRef = builder.inputType('WithdrawChargeRuleInput', {
  description: 'A charge rule to withdraw.',
  fields: t => ({
    id: t.id({ required: true, description: 'Id of any version of the rule: "rule_…".' }),
    from: t.field({ type: 'DateTime', description: 'When the rule stops being in effect. Defaults to now.' }),
  }),
})

const WithdrawChargeRulePayloadRef = rulePayload('WithdrawChargeRulePayload', 'The withdrawn charge rule.')

builder.mutationField('withdrawChargeRule', t =>
  t.field({
    type: WithdrawChargeRulePayloadRef,
    audit: 'pricing.chargeRuleEnded',
    ...RULE_MUTATION,
    description:
      'Withdraws a charge rule with all its versions from a time on. Charges before that time do not change, and the versions stay listed. Requires an operator key with the scope "prices:write".',
    args: { input: t.arg({ type: WithdrawChargeRuleInputRef, required: true, description: 'The rule to withdraw.' }) },
    resolve: async (_root, { input: { id, from } }, { viewer, tollgate }) => {
      const chargeRule = await tollgate.chargeRules.withdraw(scopeOf(viewer), { id: ChargeRuleId.decode(id), from })
      if (chargeRule === undefined) throw new NotFound('charge rule', id)
      return { chargeRule }
    },
  }),
)
