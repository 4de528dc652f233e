/** What a backend asks for when it creates a token. */
export interface TokenRequest {
  readonly url: string
  /** Undefined for a key that has its own tenant. */
  readonly tenantId: string | undefined
  readonly customerId: string | null
  readonly scopes: readonly string[]
  readonly ttlSeconds: number
}

/** Returns the code with which a backend creates the same token. */
export function tokenCode({ url, tenantId, customerId, scopes, ttlSeconds }: TokenRequest): string {
  const input = JSON.stringify(
    { ...(tenantId !== undefined && { tenantId }), ...(customerId !== null && { customerId }), scopes, ttlSeconds },
    null,
    2,
  ).replaceAll('\n', '\n    ')
  return `const response = await fetch('${url}/graphql', {
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: \`Bearer \${process.env.TOLLGATE_KEY}\` },
  body: JSON.stringify({
    query: \`mutation ($input: CreateAccessTokenInput!) {
      createAccessToken(input: $input) { ... on CreateAccessTokenPayload { token expiresAt } ... on Error { code message } }
    }\`,
    variables: { input: ${input} },
  }),
})
const created = (await response.json()).data.createAccessToken
if (created.token === undefined) throw new Error(created.message)`
}
