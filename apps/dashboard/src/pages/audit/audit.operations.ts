// Generated from audit.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AuditResult =
  | 'SUCCESS'
  | 'FAILURE'
  | 'DENIED';

export type AuditActorKind =
  | 'USER'
  | 'KEY'
  | 'SYSTEM';

export type TimeRangeInput = {
  readonly from: string;
  readonly to: string;
};

export type AuditFilterInput = {
  readonly families?: ReadonlyArray<string> | null | undefined;
  readonly eventTypes?: ReadonlyArray<string> | null | undefined;
  readonly actorIds?: ReadonlyArray<string> | null | undefined;
  readonly resourceTypes?: ReadonlyArray<string> | null | undefined;
  readonly resourceIds?: ReadonlyArray<string> | null | undefined;
  readonly results?: ReadonlyArray<AuditResult> | null | undefined;
};

export type TrailQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  days: number;
  filter?: AuditFilterInput | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type TrailQuery = { readonly auditTrail: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly sequence: number, readonly recordedAt: string, readonly eventType: string, readonly result: AuditResult, readonly count: number, readonly errorMessage: string | null, readonly ipAddress: string | null, readonly details: unknown, readonly before: unknown, readonly after: unknown, readonly hash: string, readonly actor: { readonly kind: AuditActorKind, readonly id: string | null }, readonly resource: { readonly type: string, readonly id: string | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ReportQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  range: TimeRangeInput;
}>;


export type ReportQuery = { readonly auditReport: { readonly totalEvents: number, readonly successCount: number, readonly failureCount: number, readonly deniedCount: number, readonly successRate: number | null } };

export type VerificationQueryVariables = Exact<{
  tenantId?: string | null | undefined;
}>;


export type VerificationQuery = { readonly auditVerification: { readonly valid: boolean, readonly events: number, readonly archivedEvents: number, readonly checkpoints: number, readonly firstInvalid: { readonly sequence: number, readonly message: string } | null } };

export const TRAIL = "query Trail($tenantId:ID$days:Int!$filter:AuditFilterInput$first:Int!$after:String){auditTrail(tenantId:$tenantId days:$days filter:$filter first:$first after:$after){nodes{id sequence recordedAt eventType result count errorMessage actor{kind id}resource{type id}ipAddress details before after hash}pageInfo{hasNextPage endCursor}}}" as Operation<TrailQuery, TrailQueryVariables>
export const REPORT = "query Report($tenantId:ID$range:TimeRangeInput!){auditReport(tenantId:$tenantId range:$range){totalEvents successCount failureCount deniedCount successRate}}" as Operation<ReportQuery, ReportQueryVariables>
export const VERIFICATION = "query Verification($tenantId:ID){auditVerification(tenantId:$tenantId){valid events archivedEvents checkpoints firstInvalid{sequence message}}}" as Operation<VerificationQuery, VerificationQueryVariables>