// Generated from rejected-events.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type UsageStatus =
  | 'SUCCESS'
  | 'FAILURE'
  | 'RATE_LIMITED';

export type TrackOutcome =
  | 'ACCEPTED'
  | 'DUPLICATE'
  | 'CONFLICT'
  | 'REJECTED';

export type UsageUnitInput = {
  readonly kind: string;
  readonly quantity: string;
  readonly variant?: string | null | undefined;
};

export type MetadataInput = {
  readonly customerId?: string | null | undefined;
  readonly organizationId?: string | null | undefined;
  readonly productId?: string | null | undefined;
  readonly featureId?: string | null | undefined;
  readonly subscriptionTier?: string | null | undefined;
  readonly environment?: string | null | undefined;
  readonly taskType?: string | null | undefined;
  readonly sessionId?: string | null | undefined;
  readonly traceId?: string | null | undefined;
  readonly requestId?: string | null | undefined;
  readonly attributes?: unknown;
};

export type TokenUsageInput = {
  readonly input?: number | null | undefined;
  readonly output?: number | null | undefined;
  readonly cacheRead?: number | null | undefined;
  readonly cacheWrite5m?: number | null | undefined;
  readonly cacheWrite1h?: number | null | undefined;
  readonly reasoning?: number | null | undefined;
  readonly audioInput?: number | null | undefined;
  readonly audioOutput?: number | null | undefined;
  readonly imageInput?: number | null | undefined;
  readonly imageOutput?: number | null | undefined;
  readonly cacheWrite30m?: number | null | undefined;
  readonly cacheWrite12h?: number | null | undefined;
  readonly cacheReadAudio?: number | null | undefined;
  readonly cacheReadImage?: number | null | undefined;
  readonly cacheReadVideo?: number | null | undefined;
  readonly videoInput?: number | null | undefined;
  readonly videoOutput?: number | null | undefined;
};

export type UsageEventInput = {
  readonly idempotencyKey?: string | null | undefined;
  readonly occurredAt?: string | null | undefined;
  readonly operation: string;
  readonly status?: UsageStatus | null | undefined;
  readonly provider?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly tokens?: TokenUsageInput | null | undefined;
  readonly units?: ReadonlyArray<UsageUnitInput> | null | undefined;
  readonly quantity?: string | null | undefined;
  readonly reportedCost?: string | null | undefined;
  readonly latencyMs?: number | null | undefined;
  readonly statusCode?: number | null | undefined;
  readonly errorMessage?: string | null | undefined;
  readonly metadata?: MetadataInput | null | undefined;
  readonly serviceTier?: string | null | undefined;
  readonly speed?: string | null | undefined;
  readonly region?: string | null | undefined;
  readonly credits?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly resourceType?: string | null | undefined;
  readonly resourceId?: string | null | undefined;
  readonly reservationId?: string | null | undefined;
};

export type ResendRejectedEventInput = {
  readonly id: string;
  readonly event?: UsageEventInput | null | undefined;
};

export type RejectedEventsQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  includeResolved: boolean;
  first: number;
  after?: string | null | undefined;
}>;


export type RejectedEventsQuery = { readonly rejectedEvents: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly idempotencyKey: string | null, readonly reason: string, readonly rejectedAt: string, readonly attempts: number, readonly resolvedAt: string | null, readonly tenant: { readonly id: string, readonly name: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type RejectedEventQueryVariables = Exact<{
  id: string;
}>;


export type RejectedEventQuery = { readonly node:
    | { readonly __typename: 'Tenant' }
    | { readonly __typename: 'ApiKey' }
    | { readonly __typename: 'Alert' }
    | { readonly __typename: 'AuditEvent' }
    | { readonly __typename: 'Invoice' }
    | { readonly __typename: 'Price' }
    | { readonly __typename: 'UsageEvent' }
    | { readonly __typename: 'ChargeRule' }
    | { readonly __typename: 'RatingRun' }
    | { readonly __typename: 'Quota' }
    | { readonly __typename: 'Reservation' }
    | { readonly __typename: 'RejectedEvent', readonly id: string, readonly idempotencyKey: string | null, readonly reason: string, readonly payload: unknown, readonly rejectedAt: string, readonly attempts: number, readonly resolvedAt: string | null, readonly tenant: { readonly id: string, readonly name: string } }
    | { readonly __typename: 'WebhookEndpoint' }
    | { readonly __typename: 'WebhookDelivery' }
   | null };

export type ResendRejectedEventMutationVariables = Exact<{
  input: ResendRejectedEventInput;
}>;


export type ResendRejectedEventMutation = { readonly resendRejectedEvent:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'OverloadedError', readonly message: string }
    | { readonly __typename: 'StoreUnavailableError', readonly message: string }
    | { readonly __typename: 'StoppingError', readonly message: string }
    | { readonly __typename: 'ResendRejectedEventPayload', readonly result: { readonly outcome: TrackOutcome, readonly reason: string | null, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> } }
   };

export const REJECTED_EVENTS = "query RejectedEvents($tenantId:ID$includeResolved:Boolean!$first:Int!$after:String){rejectedEvents(tenantId:$tenantId includeResolved:$includeResolved first:$first after:$after){nodes{id tenant{id name}idempotencyKey reason rejectedAt attempts resolvedAt}pageInfo{hasNextPage endCursor}}}" as Operation<RejectedEventsQuery, RejectedEventsQueryVariables>
export const REJECTED_EVENT = "query RejectedEvent($id:ID!){node(id:$id){__typename ...on RejectedEvent{id tenant{id name}idempotencyKey reason payload rejectedAt attempts resolvedAt}}}" as Operation<RejectedEventQuery, RejectedEventQueryVariables>
export const RESEND_REJECTED_EVENT = "mutation ResendRejectedEvent($input:ResendRejectedEventInput!){resendRejectedEvent(input:$input){__typename ...on ResendRejectedEventPayload{result{outcome reason issues{path message}}}...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<ResendRejectedEventMutation, ResendRejectedEventMutationVariables>