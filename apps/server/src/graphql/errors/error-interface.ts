import { CouponNotValid, CouponUsedUp, UnknownCoupon } from '@tollgate/charges'
import { AlreadyExists, type DomainError, Forbidden, InvalidInput, type Issue, NotFound } from '@tollgate/kernel'
import { PriceImportOutdated, UnreadablePriceList } from '@tollgate/pricing'
import { PoliciesUnsettled, QuotasOverloaded, QuotaStoreUnavailable, ReservationClosed } from '@tollgate/quotas'
import { Overloaded, RatingRunEnded, RatingRunInProgress, StoreUnavailable, UsageStopped } from '@tollgate/usage'
import { TooManyWebhookEndpoints, WebhookEndpointDisabled } from '../../webhooks/errors.ts'
import { builder } from '../builder.ts'
import { toGlobalId } from '../relay/global-id.ts'
import { ReservationStateRef } from '../../features/quotas/graphql/quota-enums.ts'

/** The interface of every failure that a mutation can answer with. */
export const ErrorInterface = builder.interfaceRef<DomainError>('Error').implement({
  description: 'Why a mutation did not do what was asked.',
  fields: t => ({
    code: t.exposeString('code', { description: 'For programs; does not change.' }),
    message: t.exposeString('message', { description: 'For people: what was wrong, where, and what to do.' }),
  }),
})

/** One thing wrong with one field of an input. */
export const InputIssueRef = builder.objectRef<Issue>('InputIssue').implement({
  description: 'One thing wrong with one field of an input.',
  fields: t => ({
    path: t.exposeString('path', { description: 'The field as it was written: "events", "tokens.input", "scopes[1]".' }),
    message: t.exposeString('message', { description: 'What it must be.' }),
  }),
})

builder.objectType(InvalidInput, {
  name: 'InvalidInputError',
  description: 'The input cannot be taken as it is.',
  interfaces: [ErrorInterface],
  fields: t => ({
    issues: t.field({ type: [InputIssueRef], description: 'Everything that is wrong with it, field by field.', resolve: ({ issues }) => [...issues] }),
  }),
})

builder.objectType(Forbidden, {
  name: 'ForbiddenError',
  description: 'Your API key may not do this: it lacks a scope, or is of another tenant.',
  interfaces: [ErrorInterface],
})

builder.objectType(NotFound, {
  name: 'NotFoundError',
  description: 'Something that the input names does not exist, as far as you can see.',
  interfaces: [ErrorInterface],
  fields: t => ({
    resource: t.exposeString('resource', { description: 'What was looked for: "tenant".' }),
    id: t.exposeString('id', { description: 'The id that nothing has.' }),
  }),
})

builder.objectType(AlreadyExists, {
  name: 'AlreadyExistsError',
  description: 'There is one with this id already; nothing was changed.',
  interfaces: [ErrorInterface],
  fields: t => ({
    resource: t.exposeString('resource', { description: 'What it is: "tenant".' }),
    id: t.exposeString('id', { description: 'The id that is taken.' }),
  }),
})

builder.objectType(Overloaded, {
  name: 'OverloadedError',
  description: 'More is coming in than can be recorded. Nothing of the call was taken: send it again later, with the same idempotency keys.',
  interfaces: [ErrorInterface],
  fields: t => ({ retryAfterMs: t.exposeInt('retryAfterMs', { description: 'How long to wait before sending it again, in milliseconds.' }) }),
})

builder.objectType(StoreUnavailable, {
  name: 'StoreUnavailableError',
  description: 'The database does not answer. The events may have been recorded or not: send them again, with the same idempotency keys.',
  interfaces: [ErrorInterface],
})

builder.objectType(UsageStopped, {
  name: 'StoppingError',
  description: 'The server is stopping. Nothing of the call was taken: send it again, with the same idempotency keys.',
  interfaces: [ErrorInterface],
})

builder.objectType(RatingRunInProgress, {
  name: 'RatingRunInProgressError',
  description: 'Another rating run is correcting events of the same tenants and time. Nothing was started.',
  interfaces: [ErrorInterface],
  fields: t => ({ runId: t.id({ description: 'The run that is in progress.', resolve: ({ runId }) => toGlobalId('RatingRun', runId) }) }),
})

builder.objectType(RatingRunEnded, {
  name: 'RatingRunEndedError',
  description: 'The rating run has come to its end: there is nothing to resume or cancel.',
  interfaces: [ErrorInterface],
  fields: t => ({ runId: t.id({ description: 'The run.', resolve: ({ runId }) => toGlobalId('RatingRun', runId) }) }),
})

builder.objectType(UnreadablePriceList, {
  name: 'UnreadablePriceListError',
  description: 'A list of prices is not in the format that was named.',
  interfaces: [ErrorInterface],
})

builder.objectType(PriceImportOutdated, {
  name: 'PriceImportOutdatedError',
  description: 'Prices were published since the plan was made, or the list is another. Nothing was published: plan it again.',
  interfaces: [ErrorInterface],
})

builder.objectType(UnknownCoupon, {
  name: 'UnknownCouponError',
  description: 'No discount for the tenant asks for the coupon code.',
  interfaces: [ErrorInterface],
})

builder.objectType(CouponNotValid, {
  name: 'CouponNotValidError',
  description: 'The coupon cannot be redeemed yet, or no longer.',
  interfaces: [ErrorInterface],
})

builder.objectType(CouponUsedUp, {
  name: 'CouponUsedUpError',
  description: 'The coupon was redeemed as often as it may be. Nothing was redeemed.',
  interfaces: [ErrorInterface],
})

builder.objectType(QuotasOverloaded, {
  name: 'QuotasOverloadedError',
  description: 'More quota decisions are asked for than can be made. Nothing was counted: ask again later.',
  interfaces: [ErrorInterface],
  fields: t => ({ retryAfterMs: t.exposeInt('retryAfterMs', { description: 'How long to wait before asking again, in milliseconds.' }) }),
})

builder.objectType(QuotaStoreUnavailable, {
  name: 'QuotasUnavailableError',
  description: 'The database does not answer, and what was asked cannot be done without it. Whether it was done is unknown.',
  interfaces: [ErrorInterface],
})

builder.objectType(PoliciesUnsettled, {
  name: 'QuotasUnsettledError',
  description: 'The quotas changed again and again while the decision was made. Nothing was counted: ask again.',
  interfaces: [ErrorInterface],
})

builder.objectType(ReservationClosed, {
  name: 'ReservationClosedError',
  description: 'The reservation has ended, and what was asked cannot be done with it any more. Nothing was changed: reserve again.',
  interfaces: [ErrorInterface],
  fields: t => ({ state: t.expose('state', { type: ReservationStateRef, description: 'How it ended.' }) }),
})

builder.objectType(TooManyWebhookEndpoints, {
  name: 'TooManyWebhookEndpointsError',
  description: 'There are as many webhook endpoints as there may be.',
  interfaces: [ErrorInterface],
  fields: t => ({ most: t.exposeInt('most', { description: 'How many there may be of one owner.' }) }),
})

builder.objectType(WebhookEndpointDisabled, {
  name: 'WebhookEndpointDisabledError',
  description: 'The webhook endpoint is switched off, so that nothing can be sent to it. Switch it on first.',
  interfaces: [ErrorInterface],
  fields: t => ({ endpointId: t.id({ description: 'The endpoint.', resolve: ({ endpointId }) => toGlobalId('WebhookEndpoint', endpointId) }) }),
})
