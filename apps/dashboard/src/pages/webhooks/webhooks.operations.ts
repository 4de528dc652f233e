// Generated from webhooks.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type WebhookType =
  | 'QUOTA_THRESHOLD_REACHED'
  | 'ALERT_RAISED'
  | 'ALERT_RECOVERED'
  | 'CREDITS_LOW_BALANCE'
  | 'CREDITS_EXHAUSTED'
  | 'CREDITS_EXPIRING_SOON'
  | 'CREDITS_TOP_UP_REQUESTED'
  | 'CREDITS_TOP_UP_FAILED'
  | 'INVOICE_FINALIZED'
  | 'INVOICE_SENT'
  | 'INVOICE_PARTIALLY_PAID'
  | 'INVOICE_PAID'
  | 'INVOICE_PAYMENT_REVERSED'
  | 'INVOICE_OVERDUE'
  | 'INVOICE_REMINDER_SENT'
  | 'INVOICE_LATE_FEE_ADDED'
  | 'INVOICE_UNCOLLECTIBLE'
  | 'INVOICE_VOIDED'
  | 'CREDIT_NOTE_ISSUED'
  | 'AUDIT_CHECKPOINT';

export type WebhookDeliveryState =
  | 'PENDING'
  | 'DELIVERED'
  | 'FAILED';

export type CreateWebhookEndpointInput = {
  readonly tenantId?: string | null | undefined;
  readonly url: string;
  readonly types?: ReadonlyArray<WebhookType> | null | undefined;
  readonly description?: string | null | undefined;
};

export type DeleteWebhookEndpointInput = {
  readonly id: string;
};

export type RedeliverFailedWebhooksInput = {
  readonly endpointId: string;
  readonly from: string;
  readonly to: string;
};

export type RedeliverWebhookInput = {
  readonly deliveryId: string;
};

export type RotateWebhookSecretInput = {
  readonly endpointId: string;
};

export type SendTestWebhookInput = {
  readonly endpointId: string;
};

export type UpdateWebhookEndpointInput = {
  readonly id: string;
  readonly url?: string | null | undefined;
  readonly types?: ReadonlyArray<WebhookType> | null | undefined;
  readonly description?: string | null | undefined;
  readonly enabled?: boolean | null | undefined;
};

export type EndpointsQueryVariables = Exact<{
  tenantId?: string | null | undefined;
}>;


export type EndpointsQuery = { readonly webhookEndpoints: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly url: string, readonly description: string | null, readonly types: ReadonlyArray<WebhookType> | null, readonly enabled: boolean, readonly disabledReason: string | null, readonly failingSince: string | null, readonly tenant: { readonly id: string, readonly name: string } | null }> } };

export type DeliveriesQueryVariables = Exact<{
  endpointId: string;
  first: number;
}>;


export type DeliveriesQuery = { readonly webhookDeliveries: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly type: string, readonly state: WebhookDeliveryState, readonly failure: string | null, readonly attemptCount: number, readonly createdAt: string, readonly nextAttemptAt: string | null, readonly settledAt: string | null, readonly payload: string }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type CreateEndpointMutationVariables = Exact<{
  input: CreateWebhookEndpointInput;
}>;


export type CreateEndpointMutation = { readonly createWebhookEndpoint:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'TooManyWebhookEndpointsError', readonly message: string }
    | { readonly __typename: 'CreateWebhookEndpointPayload', readonly secret: string }
   };

export type SendTestMutationVariables = Exact<{
  input: SendTestWebhookInput;
}>;


export type SendTestMutation = { readonly sendTestWebhook:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'WebhookEndpointDisabledError', readonly message: string }
    | { readonly __typename: 'SendTestWebhookPayload' }
   };

export type RedeliverMutationVariables = Exact<{
  input: RedeliverWebhookInput;
}>;


export type RedeliverMutation = { readonly redeliverWebhook:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'WebhookEndpointDisabledError', readonly message: string }
    | { readonly __typename: 'RedeliverWebhookPayload' }
   };

export type UpdateEndpointMutationVariables = Exact<{
  input: UpdateWebhookEndpointInput;
}>;


export type UpdateEndpointMutation = { readonly updateWebhookEndpoint:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'UpdateWebhookEndpointPayload' }
   };

export type DeleteEndpointMutationVariables = Exact<{
  input: DeleteWebhookEndpointInput;
}>;


export type DeleteEndpointMutation = { readonly deleteWebhookEndpoint:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'DeleteWebhookEndpointPayload' }
   };

export type RotateSecretMutationVariables = Exact<{
  input: RotateWebhookSecretInput;
}>;


export type RotateSecretMutation = { readonly rotateWebhookSecret:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'RotateWebhookSecretPayload', readonly secret: string }
   };

export type RedeliverFailedMutationVariables = Exact<{
  input: RedeliverFailedWebhooksInput;
}>;


export type RedeliverFailedMutation = { readonly redeliverFailedWebhooks:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'WebhookEndpointDisabledError', readonly message: string }
    | { readonly __typename: 'RedeliverFailedWebhooksPayload', readonly count: number }
   };

export const ENDPOINTS = "query Endpoints($tenantId:ID){webhookEndpoints(tenantId:$tenantId first:50){nodes{id url description types enabled disabledReason failingSince tenant{id name}}}}" as Operation<EndpointsQuery, EndpointsQueryVariables>
export const DELIVERIES = "query Deliveries($endpointId:ID!$first:Int!){webhookDeliveries(endpointId:$endpointId first:$first){nodes{id type state failure attemptCount createdAt nextAttemptAt settledAt payload}pageInfo{hasNextPage}}}" as Operation<DeliveriesQuery, DeliveriesQueryVariables>
export const CREATE_ENDPOINT = "mutation CreateEndpoint($input:CreateWebhookEndpointInput!){createWebhookEndpoint(input:$input){__typename ...on CreateWebhookEndpointPayload{secret}...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<CreateEndpointMutation, CreateEndpointMutationVariables>
export const SEND_TEST = "mutation SendTest($input:SendTestWebhookInput!){sendTestWebhook(input:$input){__typename ...on Error{message}}}" as Operation<SendTestMutation, SendTestMutationVariables>
export const REDELIVER = "mutation Redeliver($input:RedeliverWebhookInput!){redeliverWebhook(input:$input){__typename ...on Error{message}}}" as Operation<RedeliverMutation, RedeliverMutationVariables>
export const UPDATE_ENDPOINT = "mutation UpdateEndpoint($input:UpdateWebhookEndpointInput!){updateWebhookEndpoint(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<UpdateEndpointMutation, UpdateEndpointMutationVariables>
export const DELETE_ENDPOINT = "mutation DeleteEndpoint($input:DeleteWebhookEndpointInput!){deleteWebhookEndpoint(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<DeleteEndpointMutation, DeleteEndpointMutationVariables>
export const ROTATE_SECRET = "mutation RotateSecret($input:RotateWebhookSecretInput!){rotateWebhookSecret(input:$input){__typename ...on RotateWebhookSecretPayload{secret}...on Error{message}}}" as Operation<RotateSecretMutation, RotateSecretMutationVariables>
export const REDELIVER_FAILED = "mutation RedeliverFailed($input:RedeliverFailedWebhooksInput!){redeliverFailedWebhooks(input:$input){__typename ...on RedeliverFailedWebhooksPayload{count}...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<RedeliverFailedMutation, RedeliverFailedMutationVariables>