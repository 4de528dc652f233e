// Generated from test-clocks.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AdvanceTestClockInput = {
  readonly tenantId: string;
  readonly to: string;
};

export type CreateTestClockInput = {
  readonly tenantId: string;
  readonly now: string;
};

export type TestClocksQueryVariables = Exact<{ [key: string]: never; }>;


export type TestClocksQuery = { readonly testClocks: ReadonlyArray<{ readonly now: string, readonly target: string, readonly createdAt: string, readonly tenant: { readonly id: string, readonly name: string } }> };

export type CreateTestClockMutationVariables = Exact<{
  input: CreateTestClockInput;
}>;


export type CreateTestClockMutation = { readonly createTestClock:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'TenantHasDataError', readonly message: string }
    | { readonly __typename: 'CreateTestClockPayload' }
   };

export type AdvanceTestClockMutationVariables = Exact<{
  input: AdvanceTestClockInput;
}>;


export type AdvanceTestClockMutation = { readonly advanceTestClock:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'AdvanceTestClockPayload', readonly invoices: number, readonly reminders: number, readonly lateFees: number, readonly testClock: { readonly now: string, readonly target: string, readonly createdAt: string }, readonly failures: ReadonlyArray<{ readonly message: string }> }
   };

export type ShownClockFragment = { readonly now: string, readonly target: string, readonly createdAt: string };

export const TEST_CLOCKS = "query TestClocks{testClocks{...ShownClock tenant{id name}}}fragment ShownClock on TestClock{now target createdAt}" as Operation<TestClocksQuery, TestClocksQueryVariables>
export const CREATE_TEST_CLOCK = "mutation CreateTestClock($input:CreateTestClockInput!){createTestClock(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<CreateTestClockMutation, CreateTestClockMutationVariables>
export const ADVANCE_TEST_CLOCK = "mutation AdvanceTestClock($input:AdvanceTestClockInput!){advanceTestClock(input:$input){__typename ...on AdvanceTestClockPayload{testClock{...ShownClock}invoices reminders lateFees failures{message}}...Refusal}}fragment ShownClock on TestClock{now target createdAt}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<AdvanceTestClockMutation, AdvanceTestClockMutationVariables>