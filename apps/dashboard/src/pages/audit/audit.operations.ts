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

export type AuditBrokenReason =
  | 'CHANGED'
  | 'REMOVED'
  | 'INSERTED'
  | 'SWAPPED'
  | 'TRUNCATED'
  | 'REWRITTEN'
  | 'CHECKPOINT'
  | 'ARCHIVE'
  | 'HEAD';

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

export type EraseAuditSubjectInput = {
  readonly tenantId?: string | null | undefined;
  readonly subjectId: string;
};

export type TrailQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  days: number;
  filter?: AuditFilterInput | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type TrailQuery = { readonly list: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly occurredAt: string, readonly eventType: string, readonly result: AuditResult, readonly count: number, readonly errorMessage: string | null, readonly actor: { readonly kind: AuditActorKind, readonly id: string | null }, readonly resource: { readonly type: string, readonly id: string | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type FailedOperationsQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  days: number;
  first: number;
  after?: string | null | undefined;
}>;


export type FailedOperationsQuery = { readonly list: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly occurredAt: string, readonly eventType: string, readonly result: AuditResult, readonly count: number, readonly errorMessage: string | null, readonly actor: { readonly kind: AuditActorKind, readonly id: string | null }, readonly resource: { readonly type: string, readonly id: string | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type SecurityEventsQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  days: number;
  first: number;
  after?: string | null | undefined;
}>;


export type SecurityEventsQuery = { readonly list: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly occurredAt: string, readonly eventType: string, readonly result: AuditResult, readonly count: number, readonly errorMessage: string | null, readonly actor: { readonly kind: AuditActorKind, readonly id: string | null }, readonly resource: { readonly type: string, readonly id: string | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type AuditPageFragment = { readonly nodes: ReadonlyArray<{ readonly id: string, readonly occurredAt: string, readonly eventType: string, readonly result: AuditResult, readonly count: number, readonly errorMessage: string | null, readonly actor: { readonly kind: AuditActorKind, readonly id: string | null }, readonly resource: { readonly type: string, readonly id: string | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } };

export type AuditEntryQueryVariables = Exact<{
  id: string;
}>;


export type AuditEntryQuery = { readonly node:
    | { readonly __typename: 'Tenant' }
    | { readonly __typename: 'ApiKey' }
    | { readonly __typename: 'Alert' }
    | { readonly __typename: 'AuditEvent', readonly id: string, readonly sequence: number, readonly occurredAt: string, readonly recordedAt: string, readonly eventType: string, readonly result: AuditResult, readonly count: number, readonly errorMessage: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly requestId: string | null, readonly reportedBy: string | null, readonly details: unknown, readonly before: unknown, readonly after: unknown, readonly hash: string, readonly actor: { readonly kind: AuditActorKind, readonly id: string | null }, readonly resource: { readonly type: string, readonly id: string | null } | null }
    | { readonly __typename: 'Invoice' }
    | { readonly __typename: 'Price' }
    | { readonly __typename: 'UsageEvent' }
    | { readonly __typename: 'ChargeRule' }
    | { readonly __typename: 'RatingRun' }
    | { readonly __typename: 'Quota' }
    | { readonly __typename: 'Reservation' }
    | { readonly __typename: 'RejectedEvent' }
    | { readonly __typename: 'WebhookEndpoint' }
    | { readonly __typename: 'WebhookDelivery' }
   | null };

export type ReportQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  range: TimeRangeInput;
}>;


export type ReportQuery = { readonly auditReport: { readonly totalEvents: number, readonly successCount: number, readonly failureCount: number, readonly deniedCount: number, readonly successRate: number | null, readonly eventsByType: ReadonlyArray<{ readonly eventType: string, readonly count: number }> } };

export type EraseAuditSubjectMutationVariables = Exact<{
  input: EraseAuditSubjectInput;
}>;


export type EraseAuditSubjectMutation = { readonly eraseAuditSubject:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'AuditOverloadedError', readonly message: string }
    | { readonly __typename: 'AuditUnavailableError', readonly message: string }
    | { readonly __typename: 'EraseAuditSubjectPayload', readonly erased: boolean, readonly event: { readonly id: string, readonly sequence: number } }
   };

export type VerificationSubscriptionVariables = Exact<{
  tenantId?: string | null | undefined;
}>;


export type VerificationSubscription = { readonly auditVerification: { readonly verified: number, readonly total: number, readonly result: { readonly valid: boolean, readonly events: number, readonly archivedEvents: number, readonly checkpoints: number, readonly firstInvalid: { readonly sequence: number, readonly lastSequence: number, readonly reason: AuditBrokenReason, readonly message: string } | null } | null } };

export const TRAIL = "query Trail($tenantId:ID$days:Int!$filter:AuditFilterInput$first:Int!$after:String){list:auditTrail(tenantId:$tenantId days:$days filter:$filter first:$first after:$after){...AuditPage}}fragment AuditPage on AuditEventConnection{nodes{id occurredAt eventType result count errorMessage actor{kind id}resource{type id}}pageInfo{hasNextPage endCursor}}" as Operation<TrailQuery, TrailQueryVariables>
export const FAILED_OPERATIONS = "query FailedOperations($tenantId:ID$days:Int!$first:Int!$after:String){list:failedOperations(tenantId:$tenantId days:$days first:$first after:$after){...AuditPage}}fragment AuditPage on AuditEventConnection{nodes{id occurredAt eventType result count errorMessage actor{kind id}resource{type id}}pageInfo{hasNextPage endCursor}}" as Operation<FailedOperationsQuery, FailedOperationsQueryVariables>
export const SECURITY_EVENTS = "query SecurityEvents($tenantId:ID$days:Int!$first:Int!$after:String){list:securityEvents(tenantId:$tenantId days:$days first:$first after:$after){...AuditPage}}fragment AuditPage on AuditEventConnection{nodes{id occurredAt eventType result count errorMessage actor{kind id}resource{type id}}pageInfo{hasNextPage endCursor}}" as Operation<SecurityEventsQuery, SecurityEventsQueryVariables>
export const AUDIT_ENTRY = "query AuditEntry($id:ID!){node(id:$id){__typename ...on AuditEvent{id sequence occurredAt recordedAt eventType result count errorMessage actor{kind id}resource{type id}ipAddress userAgent requestId reportedBy details before after hash}}}" as Operation<AuditEntryQuery, AuditEntryQueryVariables>
export const REPORT = "query Report($tenantId:ID$range:TimeRangeInput!){auditReport(tenantId:$tenantId range:$range){totalEvents successCount failureCount deniedCount successRate eventsByType{eventType count}}}" as Operation<ReportQuery, ReportQueryVariables>
export const ERASE_AUDIT_SUBJECT = "mutation EraseAuditSubject($input:EraseAuditSubjectInput!){eraseAuditSubject(input:$input){__typename ...on EraseAuditSubjectPayload{erased event{id sequence}}...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<EraseAuditSubjectMutation, EraseAuditSubjectMutationVariables>
export const VERIFICATION = "subscription Verification($tenantId:ID){auditVerification(tenantId:$tenantId){verified total result{valid events archivedEvents checkpoints firstInvalid{sequence lastSequence reason message}}}}" as Operation<VerificationSubscription, VerificationSubscriptionVariables>