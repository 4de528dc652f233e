// Generated from start.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type TimeRangeInput = {
  readonly from: string;
  readonly to: string;
};

export type LatestEventQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  range: TimeRangeInput;
}>;


export type LatestEventQuery = { readonly usageEvents: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly occurredAt: string, readonly operation: string, readonly provider: string | null, readonly model: string | null, readonly cost: string | null, readonly tenant: { readonly name: string } }> } };

export type FirstTenantQueryVariables = Exact<{ [key: string]: never; }>;


export type FirstTenantQuery = { readonly tenants: { readonly nodes: ReadonlyArray<{ readonly id: string }> } };

export type LoadDemoMutationVariables = Exact<{ [key: string]: never; }>;


export type LoadDemoMutation = { readonly loadDemo:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'ServerHasDataError', readonly message: string }
    | { readonly __typename: 'LoadDemoPayload', readonly calls: number, readonly tenants: ReadonlyArray<{ readonly id: string, readonly name: string }> }
   };

export const LATEST_EVENT = "query LatestEvent($tenantId:ID$range:TimeRangeInput!){usageEvents(tenantId:$tenantId range:$range first:1){nodes{id occurredAt operation provider model cost tenant{name}}}}" as Operation<LatestEventQuery, LatestEventQueryVariables>
export const FIRST_TENANT = "query FirstTenant{tenants(first:1){nodes{id}}}" as Operation<FirstTenantQuery, FirstTenantQueryVariables>
export const LOAD_DEMO = "mutation LoadDemo{loadDemo{__typename ...on LoadDemoPayload{calls tenants{id name}}...on Error{message}}}" as Operation<LoadDemoMutation, LoadDemoMutationVariables>