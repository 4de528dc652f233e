// Generated from keys.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type CreateApiKeyInput = {
  readonly tenantId?: string | null | undefined;
  readonly name: string;
  readonly scopes?: ReadonlyArray<string> | null | undefined;
  readonly expiresAt?: string | null | undefined;
};

export type RevokeApiKeyInput = {
  readonly id: string;
};

export type RotateApiKeyInput = {
  readonly id: string;
  readonly previousSecretExpiresAt?: string | null | undefined;
};

export type KeysQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  first: number;
}>;


export type KeysQuery = { readonly apiKeys: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly prefix: string, readonly scopes: ReadonlyArray<string>, readonly createdAt: string, readonly expiresAt: string | null, readonly revokedAt: string | null, readonly lastUsedAt: string | null, readonly previousSecretExpiresAt: string | null, readonly tenant: { readonly id: string, readonly name: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type CreateKeyMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type CreateKeyMutation = { readonly createApiKey:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'CreateApiKeyPayload', readonly secret: string }
   };

export type RotateKeyMutationVariables = Exact<{
  input: RotateApiKeyInput;
}>;


export type RotateKeyMutation = { readonly rotateApiKey:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'RotateApiKeyPayload', readonly secret: string }
   };

export type RevokeKeyMutationVariables = Exact<{
  input: RevokeApiKeyInput;
}>;


export type RevokeKeyMutation = { readonly revokeApiKey:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'RevokeApiKeyPayload' }
   };

export const KEYS = "query Keys($tenantId:ID$first:Int!){apiKeys(tenantId:$tenantId first:$first includeRevoked:true){nodes{id name prefix scopes createdAt expiresAt revokedAt lastUsedAt previousSecretExpiresAt tenant{id name}}pageInfo{hasNextPage}}}" as Operation<KeysQuery, KeysQueryVariables>
export const CREATE_KEY = "mutation CreateKey($input:CreateApiKeyInput!){createApiKey(input:$input){__typename ...on CreateApiKeyPayload{secret}...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<CreateKeyMutation, CreateKeyMutationVariables>
export const ROTATE_KEY = "mutation RotateKey($input:RotateApiKeyInput!){rotateApiKey(input:$input){__typename ...on RotateApiKeyPayload{secret}...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<RotateKeyMutation, RotateKeyMutationVariables>
export const REVOKE_KEY = "mutation RevokeKey($input:RevokeApiKeyInput!){revokeApiKey(input:$input){__typename ...on Error{message}}}" as Operation<RevokeKeyMutation, RevokeKeyMutationVariables>