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


export type LatestEventQuery = { readonly usageEvents: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly occurredAt: string, readonly operation: string, readonly provider: string | null, readonly model: string | null, readonly cost: string | null }> } };

export const LATEST_EVENT = "query LatestEvent($tenantId:ID$range:TimeRangeInput!){usageEvents(tenantId:$tenantId range:$range first:1){nodes{id occurredAt operation provider model cost}}}" as Operation<LatestEventQuery, LatestEventQueryVariables>