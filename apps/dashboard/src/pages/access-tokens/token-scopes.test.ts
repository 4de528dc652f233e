import { expect, it } from 'vitest'
import schema from '../../../../server/schema.graphql?raw'
import { defaultTokenScopes, grantableTokenScopes, TOKEN_SCOPES } from './token-scopes.ts'

const names = (scopes: readonly { readonly scope: string }[]) => scopes.map(({ scope }) => scope).toSorted()

it('offers what the description in the schema says that a tenant, a customer and an unnamed choice can have', () => {
  const [, ofTenant, ofCustomer, named] = /What the token may read: (.+?); for a customer (.+?)\..*except (.+?),/.exec(schema) ?? []
  const quoted = (text: string | undefined) => [...(text ?? '').matchAll(/"(.+?)"/g)].map(([, scope = '']) => scope).toSorted()
  const all = quoted(ofTenant)
  expect(names(TOKEN_SCOPES)).toEqual(all)
  expect(names(grantableTokenScopes(names(TOKEN_SCOPES), true))).toEqual(quoted(ofCustomer))
  expect(defaultTokenScopes(TOKEN_SCOPES).toSorted()).toEqual(all.filter(scope => !quoted(named).includes(scope)))
})

it('offers nobody more scopes than they have', () => {
  expect(names(grantableTokenScopes(['usage:write', 'usage:read', 'billing:read'], false))).toEqual(['billing:read', 'usage:read'])
  expect(names(grantableTokenScopes(['usage:write', 'usage:read', 'billing:read'], true))).toEqual(['usage:read'])
})
