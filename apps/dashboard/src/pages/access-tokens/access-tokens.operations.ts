// Generated from access-tokens.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type CreateAccessTokenInput = {
  readonly tenantId?: string | null | undefined;
  readonly customerId?: string | null | undefined;
  readonly scopes?: ReadonlyArray<string> | null | undefined;
  readonly ttlSeconds?: number | null | undefined;
};

export type TokenCustomersQueryVariables = Exact<{
  tenantId: string;
}>;


export type TokenCustomersQuery = { readonly usage: { readonly breakdown: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly value: string | null }> }> } };

export type CreateAccessTokenMutationVariables = Exact<{
  input: CreateAccessTokenInput;
}>;


export type CreateAccessTokenMutation = { readonly createAccessToken:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'CreateAccessTokenPayload', readonly token: string, readonly expiresAt: string }
   };

export const TOKEN_CUSTOMERS = "query TokenCustomers($tenantId:ID!){usage(tenantId:$tenantId period:LAST_30_DAYS){breakdown(by:[CUSTOMER]orderBy:CALLS first:100){key{value}}}}" as Operation<TokenCustomersQuery, TokenCustomersQueryVariables>
export const CREATE_ACCESS_TOKEN = "mutation CreateAccessToken($input:CreateAccessTokenInput!){createAccessToken(input:$input){__typename ...on CreateAccessTokenPayload{token expiresAt}...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<CreateAccessTokenMutation, CreateAccessTokenMutationVariables>