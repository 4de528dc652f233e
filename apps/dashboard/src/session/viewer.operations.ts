// Generated from viewer.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type ViewerKind =
  | 'OPERATOR'
  | 'TENANT';

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer: { readonly kind: ViewerKind, readonly scopes: ReadonlyArray<string>, readonly tenantKeyScopes: ReadonlyArray<string>, readonly customerId: string | null, readonly tenant: { readonly id: string, readonly name: string, readonly tier: string | null, readonly timeZone: string, readonly currency: string } | null } };

export const VIEWER = "query Viewer{viewer{kind scopes tenantKeyScopes customerId tenant{id name tier timeZone currency}}}" as Operation<ViewerQuery, ViewerQueryVariables>