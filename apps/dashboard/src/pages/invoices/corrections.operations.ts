// Generated from corrections.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type PaymentStatus =
  | 'PENDING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'REFUNDED'
  | 'PARTIALLY_REFUNDED';

export type RefundStatus =
  | 'PENDING'
  | 'SUCCEEDED'
  | 'FAILED';

export type EmailInvoiceInput = {
  readonly invoiceId: string;
  readonly to?: string | null | undefined;
};

export type MarkInvoiceSentInput = {
  readonly id: string;
};

export type MarkInvoiceUncollectibleInput = {
  readonly id: string;
};

export type CreditNoteLineInput = {
  readonly lineId: string;
  readonly amount: string;
};

export type IssueCreditNoteInput = {
  readonly invoiceId: string;
  readonly amount?: string | null | undefined;
  readonly lines?: ReadonlyArray<CreditNoteLineInput> | null | undefined;
  readonly reason: string;
  readonly idempotencyKey: string;
};

export type RefundPaymentInput = {
  readonly paymentId: string;
  readonly amount?: string | null | undefined;
  readonly reason?: string | null | undefined;
  readonly idempotencyKey: string;
};

export type InvoicePaymentsQueryVariables = Exact<{
  tenantId: string;
  invoiceId: string;
}>;


export type InvoicePaymentsQuery = { readonly payments: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly provider: string, readonly status: PaymentStatus, readonly amount: string, readonly currency: string, readonly refunded: string, readonly unallocated: string, readonly createdAt: string, readonly receivedAt: string | null, readonly reference: string | null, readonly failureMessage: string | null, readonly allocations: ReadonlyArray<{ readonly invoiceId: string, readonly amount: string }>, readonly refunds: ReadonlyArray<{ readonly status: RefundStatus, readonly amount: string, readonly reason: string | null, readonly requestedAt: string, readonly failureMessage: string | null }> }> } };

export type IssueCreditNoteMutationVariables = Exact<{
  input: IssueCreditNoteInput;
}>;


export type IssueCreditNoteMutation = { readonly issueCreditNote:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'InvoiceStateConflictError', readonly message: string }
    | { readonly __typename: 'CreditNoteExceedsInvoiceError', readonly message: string }
    | { readonly __typename: 'IssueCreditNotePayload', readonly creditNote: { readonly id: string, readonly number: string | null, readonly total: string, readonly currency: string } }
   };

export type EmailInvoiceMutationVariables = Exact<{
  input: EmailInvoiceInput;
}>;


export type EmailInvoiceMutation = { readonly emailInvoice:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'InvoiceStateConflictError', readonly message: string }
    | { readonly __typename: 'EmailInvoicePayload', readonly email: { readonly id: string, readonly to: string } }
   };

export type MarkSentMutationVariables = Exact<{
  input: MarkInvoiceSentInput;
}>;


export type MarkSentMutation = { readonly markInvoiceSent:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'InvoiceStateConflictError', readonly message: string }
    | { readonly __typename: 'MarkInvoiceSentPayload' }
   };

export type MarkUncollectibleMutationVariables = Exact<{
  input: MarkInvoiceUncollectibleInput;
}>;


export type MarkUncollectibleMutation = { readonly markInvoiceUncollectible:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'InvoiceStateConflictError', readonly message: string }
    | { readonly __typename: 'MarkInvoiceUncollectiblePayload' }
   };

export type RefundPaymentMutationVariables = Exact<{
  input: RefundPaymentInput;
}>;


export type RefundPaymentMutation = { readonly refundPayment:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'PaymentKeyReusedError', readonly message: string }
    | { readonly __typename: 'PaymentNotRefundableError', readonly message: string }
    | { readonly __typename: 'RefundTooLargeError', readonly message: string }
    | { readonly __typename: 'PaymentProviderFailedError', readonly message: string }
    | { readonly __typename: 'RefundPaymentPayload' }
   };

export type PaymentRowFragment = { readonly id: string, readonly provider: string, readonly status: PaymentStatus, readonly amount: string, readonly currency: string, readonly refunded: string, readonly unallocated: string, readonly createdAt: string, readonly receivedAt: string | null, readonly reference: string | null, readonly failureMessage: string | null, readonly allocations: ReadonlyArray<{ readonly invoiceId: string, readonly amount: string }>, readonly refunds: ReadonlyArray<{ readonly status: RefundStatus, readonly amount: string, readonly reason: string | null, readonly requestedAt: string, readonly failureMessage: string | null }> };

export const INVOICE_PAYMENTS = "query InvoicePayments($tenantId:ID!$invoiceId:ID!){payments(tenantId:$tenantId invoiceId:$invoiceId first:50){nodes{...PaymentRow}}}fragment PaymentRow on Payment{id provider status amount currency refunded unallocated createdAt receivedAt reference failureMessage allocations{invoiceId amount}refunds{status amount reason requestedAt failureMessage}}" as Operation<InvoicePaymentsQuery, InvoicePaymentsQueryVariables>
export const ISSUE_CREDIT_NOTE = "mutation IssueCreditNote($input:IssueCreditNoteInput!){issueCreditNote(input:$input){__typename ...on IssueCreditNotePayload{creditNote{id number total currency}}...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<IssueCreditNoteMutation, IssueCreditNoteMutationVariables>
export const EMAIL_INVOICE = "mutation EmailInvoice($input:EmailInvoiceInput!){emailInvoice(input:$input){__typename ...on EmailInvoicePayload{email{id to}}...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<EmailInvoiceMutation, EmailInvoiceMutationVariables>
export const MARK_SENT = "mutation MarkSent($input:MarkInvoiceSentInput!){markInvoiceSent(input:$input){__typename ...on Error{message}}}" as Operation<MarkSentMutation, MarkSentMutationVariables>
export const MARK_UNCOLLECTIBLE = "mutation MarkUncollectible($input:MarkInvoiceUncollectibleInput!){markInvoiceUncollectible(input:$input){__typename ...on Error{message}}}" as Operation<MarkUncollectibleMutation, MarkUncollectibleMutationVariables>
export const REFUND_PAYMENT = "mutation RefundPayment($input:RefundPaymentInput!){refundPayment(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<RefundPaymentMutation, RefundPaymentMutationVariables>