// Generated from collections.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type CollectionHoldKind =
  | 'PAUSE'
  | 'DISPUTE';

export type DisputeResolution =
  | 'ACCEPTED'
  | 'REJECTED'
  | 'WITHDRAWN';

export type SendReminderInput = {
  readonly invoiceId: string;
  readonly idempotencyKey: string;
};

export type PauseCollectionInput = {
  readonly tenantId: string;
  readonly invoiceId?: string | null | undefined;
  readonly until?: string | null | undefined;
  readonly reason?: string | null | undefined;
};

export type ResumeCollectionInput = {
  readonly tenantId: string;
  readonly invoiceId?: string | null | undefined;
};

export type OpenDisputeInput = {
  readonly invoiceId: string;
  readonly reason: string;
};

export type ResolveDisputeInput = {
  readonly id: string;
  readonly resolution: DisputeResolution;
};

export type HoldsQueryVariables = Exact<{
  tenantId: string;
}>;


export type HoldsQuery = { readonly collectionHolds: ReadonlyArray<{ readonly id: string, readonly kind: CollectionHoldKind, readonly invoiceId: string | null, readonly from: string, readonly to: string | null, readonly reason: string | null, readonly resolution: DisputeResolution | null }> };

export type OpenDisputeMutationVariables = Exact<{
  input: OpenDisputeInput;
}>;


export type OpenDisputeMutation = { readonly openDispute:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'NothingToCollectError', readonly message: string }
    | { readonly __typename: 'InvoiceDisputedError', readonly message: string }
    | { readonly __typename: 'OpenDisputePayload' }
   };

export type ResolveDisputeMutationVariables = Exact<{
  input: ResolveDisputeInput;
}>;


export type ResolveDisputeMutation = { readonly resolveDispute:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'ResolveDisputePayload' }
   };

export type PauseCollectionMutationVariables = Exact<{
  input: PauseCollectionInput;
}>;


export type PauseCollectionMutation = { readonly pauseCollection:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'NothingToCollectError', readonly message: string }
    | { readonly __typename: 'CollectionPausedError', readonly message: string }
    | { readonly __typename: 'PauseCollectionPayload' }
   };

export type ResumeCollectionMutationVariables = Exact<{
  input: ResumeCollectionInput;
}>;


export type ResumeCollectionMutation = { readonly resumeCollection:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'ResumeCollectionPayload' }
   };

export type SendReminderMutationVariables = Exact<{
  input: SendReminderInput;
}>;


export type SendReminderMutation = { readonly sendReminder:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'NothingToCollectError', readonly message: string }
    | { readonly __typename: 'SendReminderPayload' }
   };

export const HOLDS = "query Holds($tenantId:ID!){collectionHolds(tenantId:$tenantId){id kind invoiceId from to reason resolution}}" as Operation<HoldsQuery, HoldsQueryVariables>
export const OPEN_DISPUTE = "mutation OpenDispute($input:OpenDisputeInput!){openDispute(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<OpenDisputeMutation, OpenDisputeMutationVariables>
export const RESOLVE_DISPUTE = "mutation ResolveDispute($input:ResolveDisputeInput!){resolveDispute(input:$input){__typename ...on Error{message}}}" as Operation<ResolveDisputeMutation, ResolveDisputeMutationVariables>
export const PAUSE_COLLECTION = "mutation PauseCollection($input:PauseCollectionInput!){pauseCollection(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<PauseCollectionMutation, PauseCollectionMutationVariables>
export const RESUME_COLLECTION = "mutation ResumeCollection($input:ResumeCollectionInput!){resumeCollection(input:$input){__typename ...on Error{message}}}" as Operation<ResumeCollectionMutation, ResumeCollectionMutationVariables>
export const SEND_REMINDER = "mutation SendReminder($input:SendReminderInput!){sendReminder(input:$input){__typename ...on Error{message}}}" as Operation<SendReminderMutation, SendReminderMutationVariables>