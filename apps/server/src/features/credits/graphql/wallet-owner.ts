import { forCustomers } from '../../../graphql/plugins/access-tokens.ts'
import { requireOwnCustomer } from '../../../graphql/only-own-customer.ts'
import type { builder } from '../../../graphql/builder.ts'

type QueryFields = Parameters<Parameters<typeof builder.queryField>[1]>[0]

/** Arguments that name the wallet to read. */
export function ownerArguments(t: QueryFields) {
  return {
    tenantId: t.arg.id({ description: 'Tenant to read. Required with an operator key; a tenant key reads its own tenant.' }),
    customerId: t.arg.id({ description: 'Customer of the tenant. Omit it for the wallet of the tenant itself.' }),
  }
}

/** Lets the access token of a customer read its own wallet only. */
export const ownWalletOnly = forCustomers((args: { readonly customerId?: string | null }, customerId) => {
  requireOwnCustomer(customerId, args.customerId === null || args.customerId === undefined ? [] : [args.customerId])
  return { ...args, customerId }
})
