import { scopeOf } from '@tollgate/accounts'
import { NotFound } from '@tollgate/kernel'
import { builder } from '../../../../graphql/builder.ts'
import { ChargeRuleId } from '../../ids.ts'
import { RULE_MUTATION, rulePayload } from './publish-rule.ts'

const WithdrawChargeRuleInputRef = builder.inputType('WithdrawChargeRuleInput', {
  description: 'A charge rule to be withdrawn.',
  fields: t => ({
    id: t.id({ required: true, description: 'The id of any of its versions: "rule_…".' }),
    from: t.field({ type: 'DateTime', description: 'The first instant that it is no longer in effect; now where it is left out.' }),
  }),
})

const WithdrawChargeRulePayloadRef = rulePayload('WithdrawChargeRulePayload', 'A charge rule was withdrawn.')

builder.mutationField('withdrawChargeRule', t =>
  t.field({
    type: WithdrawChargeRulePayloadRef,
    ...RULE_MUTATION,
    description:
      'Withdraws a charge rule with all its versions, from a time on. What is before stays, and so does the record of it. For operators with the scope "prices:write".',
    args: { input: t.arg({ type: WithdrawChargeRuleInputRef, required: true, description: 'Which rule.' }) },
    resolve: async (_root, { input: { id, from } }, { viewer, tollgate }) => {
      const chargeRule = await tollgate.chargeRules.withdraw(scopeOf(viewer), { id: ChargeRuleId.decode(id), from })
      if (chargeRule === undefined) throw new NotFound('charge rule', id)
      return { chargeRule }
    },
  }),
)
