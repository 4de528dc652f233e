// Generated from invoices.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type LateFeeKind =
  | 'FIXED'
  | 'PERCENT';

export type InvoiceStatus =
  | 'DRAFT'
  | 'FINALIZED'
  | 'SENT'
  | 'PARTIALLY_PAID'
  | 'PAID'
  | 'OVERDUE'
  | 'VOID'
  | 'UNCOLLECTIBLE';

export type InvoiceKind =
  | 'INVOICE'
  | 'CREDIT_NOTE';

export type TaxBehavior =
  | 'EXCLUSIVE'
  | 'INCLUSIVE';

export type LateFeeInput = {
  readonly kind: LateFeeKind;
  readonly value: string;
  readonly everyDays?: number | null | undefined;
  readonly compound?: boolean | null | undefined;
  readonly maximumPercent?: string | null | undefined;
};

export type SetCollectionPolicyInput = {
  readonly tenantId?: string | null | undefined;
  readonly graceDays: number;
  readonly reminderDays: ReadonlyArray<number>;
  readonly lateFee?: LateFeeInput | null | undefined;
  readonly uncollectibleAfterDays?: number | null | undefined;
};

export type FinalizeInvoiceInput = {
  readonly id: string;
};

export type VoidInvoiceInput = {
  readonly id: string;
};

export type RecordPaymentInput = {
  readonly invoiceId?: string | null | undefined;
  readonly tenantId?: string | null | undefined;
  readonly amount: string;
  readonly currency?: string | null | undefined;
  readonly receivedAt?: string | null | undefined;
  readonly reference?: string | null | undefined;
  readonly idempotencyKey: string;
};

export type InvoicesQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  status?: InvoiceStatus | null | undefined;
  first: number;
}>;


export type InvoicesQuery = { readonly invoices: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly tenantId: string, readonly kind: InvoiceKind, readonly number: string | null, readonly status: InvoiceStatus, readonly currency: string, readonly periodFrom: string, readonly periodTo: string, readonly buyerName: string, readonly dueAt: string | null, readonly total: string, readonly amountDue: string }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type OneInvoiceQueryVariables = Exact<{
  id: string;
}>;


export type OneInvoiceQuery = { readonly invoice: { readonly id: string, readonly tenantId: string, readonly kind: InvoiceKind, readonly number: string | null, readonly status: InvoiceStatus, readonly currency: string, readonly timeZone: string, readonly periodFrom: string, readonly periodTo: string, readonly issuedAt: string | null, readonly dueAt: string | null, readonly sentAt: string | null, readonly buyerName: string, readonly taxBehavior: TaxBehavior, readonly notes: string | null, readonly subtotal: string, readonly discountTotal: string, readonly creditTotal: string, readonly taxTotal: string, readonly total: string, readonly amountPaid: string, readonly amountDue: string, readonly htmlUrl: string, readonly pdfUrl: string, readonly xmlUrl: string | null, readonly correctsInvoice: { readonly id: string, readonly number: string | null } | null, readonly lines: ReadonlyArray<{ readonly id: string, readonly description: string, readonly quantity: string, readonly unit: string, readonly amount: string, readonly netAmount: string, readonly taxAmount: string }> } | null };

export type LineEventsQueryVariables = Exact<{
  id: string;
}>;


export type LineEventsQuery = { readonly explainInvoiceLine: { readonly line: { readonly id: string, readonly description: string }, readonly ranges: ReadonlyArray<{ readonly from: string, readonly to: string }>, readonly events: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly occurredAt: string, readonly operation: string, readonly provider: string | null, readonly model: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean } } | null } };

export type FinalizeInvoiceMutationVariables = Exact<{
  input: FinalizeInvoiceInput;
}>;


export type FinalizeInvoiceMutation = { readonly finalizeInvoice:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'InvoiceStateConflictError', readonly message: string }
    | { readonly __typename: 'BillingProfileMissingError', readonly message: string }
    | { readonly __typename: 'SellerMissingError', readonly message: string }
    | { readonly __typename: 'TaxUndeterminedError', readonly message: string }
    | { readonly __typename: 'ExchangeRateMissingError', readonly message: string }
    | { readonly __typename: 'FinalizeInvoicePayload' }
   };

export type VoidInvoiceMutationVariables = Exact<{
  input: VoidInvoiceInput;
}>;


export type VoidInvoiceMutation = { readonly voidInvoice:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'InvoiceStateConflictError', readonly message: string }
    | { readonly __typename: 'VoidInvoicePayload' }
   };

export type RecordPaymentMutationVariables = Exact<{
  input: RecordPaymentInput;
}>;


export type RecordPaymentMutation = { readonly recordPayment:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'InvoiceNotPayableError', readonly message: string }
    | { readonly __typename: 'PaymentKeyReusedError', readonly message: string }
    | { readonly __typename: 'CurrencyMismatchError', readonly message: string }
    | { readonly __typename: 'UnknownCurrencyError', readonly message: string }
    | { readonly __typename: 'RecordPaymentPayload' }
   };

export type CollectionPolicyQueryVariables = Exact<{
  tenantId?: string | null | undefined;
}>;


export type CollectionPolicyQuery = { readonly collectionPolicy: { readonly graceDays: number, readonly reminderDays: ReadonlyArray<number>, readonly uncollectibleAfterDays: number | null, readonly lateFee: { readonly kind: LateFeeKind, readonly value: string, readonly everyDays: number | null, readonly compound: boolean, readonly maximumPercent: string | null } | null } };

export type SetCollectionPolicyMutationVariables = Exact<{
  input: SetCollectionPolicyInput;
}>;


export type SetCollectionPolicyMutation = { readonly setCollectionPolicy:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'SetCollectionPolicyPayload' }
   };

export const INVOICES = "query Invoices($tenantId:ID$status:InvoiceStatus$first:Int!){invoices(tenantId:$tenantId status:$status first:$first){nodes{id tenantId kind number status currency periodFrom periodTo buyerName dueAt total amountDue}pageInfo{hasNextPage}}}" as Operation<InvoicesQuery, InvoicesQueryVariables>
export const ONE_INVOICE = "query OneInvoice($id:ID!){invoice(id:$id){id tenantId kind number status currency timeZone periodFrom periodTo issuedAt dueAt sentAt buyerName taxBehavior notes correctsInvoice{id number}subtotal discountTotal creditTotal taxTotal total amountPaid amountDue htmlUrl pdfUrl xmlUrl lines{id description quantity unit amount netAmount taxAmount}}}" as Operation<OneInvoiceQuery, OneInvoiceQueryVariables>
export const LINE_EVENTS = "query LineEvents($id:ID!){explainInvoiceLine(id:$id){line{id description}ranges{from to}events(first:10){nodes{id occurredAt operation provider model}pageInfo{hasNextPage}}}}" as Operation<LineEventsQuery, LineEventsQueryVariables>
export const FINALIZE_INVOICE = "mutation FinalizeInvoice($input:FinalizeInvoiceInput!){finalizeInvoice(input:$input){__typename ...on Error{message}}}" as Operation<FinalizeInvoiceMutation, FinalizeInvoiceMutationVariables>
export const VOID_INVOICE = "mutation VoidInvoice($input:VoidInvoiceInput!){voidInvoice(input:$input){__typename ...on Error{message}}}" as Operation<VoidInvoiceMutation, VoidInvoiceMutationVariables>
export const RECORD_PAYMENT = "mutation RecordPayment($input:RecordPaymentInput!){recordPayment(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<RecordPaymentMutation, RecordPaymentMutationVariables>
export const COLLECTION_POLICY = "query CollectionPolicy($tenantId:ID){collectionPolicy(tenantId:$tenantId){graceDays reminderDays uncollectibleAfterDays lateFee{kind value everyDays compound maximumPercent}}}" as Operation<CollectionPolicyQuery, CollectionPolicyQueryVariables>
export const SET_COLLECTION_POLICY = "mutation SetCollectionPolicy($input:SetCollectionPolicyInput!){setCollectionPolicy(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<SetCollectionPolicyMutation, SetCollectionPolicyMutationVariables>