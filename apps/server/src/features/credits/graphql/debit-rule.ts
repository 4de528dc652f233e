import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { CreditsOverloaded, CreditStoreUnavailable, type DebitRule } from '@tollgate/credits'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'

const DebitRuleRef = builder.enumType('CreditDebitRule', {
  description: 'Which wallet the usage of a tenant debits. Usage without such a wallet is not debited.',
  values: {
    CUSTOMER_OR_TENANT: { value: 'customer_or_tenant', description: 'The wallet of the customer if there is one, else that of the tenant.' },
    TENANT: { value: 'tenant', description: 'The wallet of the tenant, for all customers.' },
    CUSTOMER: { value: 'customer', description: 'The wallet of the customer only.' },
  } as const,
})

builder.queryField('creditDebitRule', t =>
  t.field({
    type: DebitRuleRef,
    authScopes: { can: 'credits:read' },
    description: 'Which wallet the usage of a tenant debits.',
    args: { tenantId: t.arg.id({ description: 'Tenant to read. Required with an operator key; a tenant key reads its own tenant.' }) },
    resolve: async (_root, { tenantId }, context) => context.tollgate.credits.debitRule(await tenantOf(context, tenantId)),
  }),
)

const SetCreditDebitRuleInputRef = builder.inputType('SetCreditDebitRuleInput', {
  description: 'Rule to set.',
  fields: t => ({
    tenantId: t.id({ required: true, description: 'Tenant whose usage it is for.' }),
    rule: t.field({ type: DebitRuleRef, required: true, description: 'Which wallet later usage debits. Earlier debits do not change.' }),
  }),
})

const SetCreditDebitRulePayloadRef = builder.objectRef<{ readonly rule: DebitRule }>('SetCreditDebitRulePayload').implement({
  description: 'The rule was set.',
  fields: t => ({ rule: t.expose('rule', { type: DebitRuleRef, description: 'The rule.' }) }),
})

builder.mutationField('setCreditDebitRule', t =>
  t.field({
    type: SetCreditDebitRulePayloadRef,
    authScopes: { $all: { operator: true, can: 'credits:write' } },
    audit: 'credit.debitRuleSet',
    errors: { types: [InvalidInput, Forbidden, NotFound, CreditsOverloaded, CreditStoreUnavailable] },
    description: 'Sets which wallet the usage of a tenant debits. Requires an operator key with the scope "credits:write".',
    args: { input: t.arg({ type: SetCreditDebitRuleInputRef, required: true, description: 'The rule.' }) },
    resolve: async (_root, { input: { tenantId, rule } }, context) => {
      await context.tollgate.credits.setDebitRule(await tenantOf(context, tenantId), rule)
      return { rule }
    },
  }),
)
