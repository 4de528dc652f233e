// Generated from shell.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type TimeRangeInput = {
  readonly from: string;
  readonly to: string;
};

export type ShownTenantQueryVariables = Exact<{
  id: string;
}>;


export type ShownTenantQuery = { readonly tenant: { readonly id: string, readonly name: string, readonly timeZone: string, readonly currency: string } | null };

export type TenantChoicesQueryVariables = Exact<{
  first: number;
}>;


export type TenantChoicesQuery = { readonly tenants: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type AnyEventQueryVariables = Exact<{
  range: TimeRangeInput;
}>;


export type AnyEventQuery = { readonly usageEvents: { readonly nodes: ReadonlyArray<{ readonly id: string }> } };

export const SHOWN_TENANT = "query ShownTenant($id:ID!){tenant(id:$id){id name timeZone currency}}" as Operation<ShownTenantQuery, ShownTenantQueryVariables>
export const TENANT_CHOICES = "query TenantChoices($first:Int!){tenants(first:$first){nodes{id name}pageInfo{hasNextPage}}}" as Operation<TenantChoicesQuery, TenantChoicesQueryVariables>
export const ANY_EVENT = "query AnyEvent($range:TimeRangeInput!){usageEvents(range:$range first:1){nodes{id}}}" as Operation<AnyEventQuery, AnyEventQueryVariables>