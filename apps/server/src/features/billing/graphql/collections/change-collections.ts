import {
  CollectionPaused,
  type CollectionHold,
  type CollectionPolicy,
  type CollectionStep,
  InvoiceDisputed,
  NothingToCollect,
} from '@tollgate/invoicing/collections'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { readInvoiceId } from '../../ids.ts'
import { readDisputeId } from '../../payments/ids.ts'
import { BILLING_WRITE, NEEDS_BILLING_WRITE } from '../write-access.ts'
import { CollectionHoldRef, CollectionPolicyRef, CollectionStepRef, DisputeResolutionRef, LateFeeKindRef } from './collections.ts'

const ERRORS = [InvalidInput, Forbidden, NotFound, NothingToCollect]

const holdPayload = (name: string, description: string) =>
  builder.objectRef<{ readonly hold: CollectionHold }>(name).implement({
    description,
    fields: t => ({ hold: t.expose('hold', { type: CollectionHoldRef, description: 'The pause or dispute.' }) }),
  })

/** Reads the invoice that an input names, and checks its tenant. */
async function invoiceOf(context: GraphQLContext, id: string): Promise<{ readonly tenantId: string; readonly invoiceId: string }> {
  const invoice = readInvoiceId(id)
  await tenantOf(context, invoice.tenantId)
  return invoice
}

const SendReminderInputRef = builder.inputType('SendReminderInput', {
  description: 'A reminder to send.',
  fields: t => ({
    invoiceId: t.id({ required: true, description: 'Open invoice: "inv_…".' }),
    idempotencyKey: t.string({ required: true, description: 'The same call again sends nothing, so retries are safe.' }),
  }),
})
const SendReminderPayloadRef = builder.objectRef<{ readonly step: CollectionStep }>('SendReminderPayload').implement({
  description: 'The reminder was written, and is sent by e-mail.',
  fields: t => ({ step: t.expose('step', { type: CollectionStepRef, description: 'The step of collections.' }) }),
})
builder.mutationField('sendReminder', t =>
  t.field({
    type: SendReminderPayloadRef,
    authScopes: BILLING_WRITE,
    audit: 'billing.reminderSent',
    errors: { types: ERRORS },
    description: `Sends a reminder of an open invoice by e-mail now. ${NEEDS_BILLING_WRITE}`,
    args: { input: t.arg({ type: SendReminderInputRef, required: true, description: 'The reminder.' }) },
    resolve: async (_root, { input: { invoiceId, idempotencyKey } }, context) => ({
      step: await context.tollgate.collections.sendReminder({ ...(await invoiceOf(context, invoiceId)), idempotencyKey }),
    }),
  }),
)

const PauseInputRef = builder.inputType('PauseCollectionInput', {
  description: 'Collections to pause: of a tenant, or of one invoice.',
  fields: t => ({
    tenantId: t.id({ required: true, description: 'The tenant.' }),
    invoiceId: t.id({ description: 'Open invoice of the tenant. Omit it to pause all.' }),
    until: t.field({ type: 'DateTime', description: 'When collections continue. Defaults to when they are resumed.' }),
    reason: t.string({ description: 'Why. Up to 500 characters.' }),
  }),
})
builder.mutationField('pauseCollection', t =>
  t.field({
    type: holdPayload('PauseCollectionPayload', 'Collections are paused.'),
    authScopes: BILLING_WRITE,
    audit: 'billing.collectionPaused',
    errors: { types: [...ERRORS, CollectionPaused] },
    description: `Stops reminders and late fees of a tenant, or of one invoice. ${NEEDS_BILLING_WRITE}`,
    args: { input: t.arg({ type: PauseInputRef, required: true, description: 'What to pause.' }) },
    resolve: async (_root, { input: { tenantId: named, invoiceId, ...input } }, context) => {
      const tenantId = await tenantOf(context, named)
      return { hold: await context.tollgate.collections.pause({ ...input, tenantId, invoiceId: ofTenant(tenantId, invoiceId) }) }
    },
  }),
)

const ResumeInputRef = builder.inputType('ResumeCollectionInput', {
  description: 'Collections to resume: what was paused.',
  fields: t => ({
    tenantId: t.id({ required: true, description: 'The tenant.' }),
    invoiceId: t.id({ description: 'The invoice, if only that was paused.' }),
  }),
})
builder.mutationField('resumeCollection', t =>
  t.field({
    type: holdPayload('ResumeCollectionPayload', 'Collections continue.'),
    authScopes: BILLING_WRITE,
    audit: 'billing.collectionResumed',
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description: `Ends a pause of collections. ${NEEDS_BILLING_WRITE}`,
    args: { input: t.arg({ type: ResumeInputRef, required: true, description: 'What to resume.' }) },
    resolve: async (_root, { input: { tenantId: named, invoiceId } }, context) => {
      const tenantId = await tenantOf(context, named)
      return { hold: await context.tollgate.collections.resume({ tenantId, invoiceId: ofTenant(tenantId, invoiceId) }) }
    },
  }),
)

const OpenDisputeInputRef = builder.inputType('OpenDisputeInput', {
  description: 'A dispute of an invoice.',
  fields: t => ({
    invoiceId: t.id({ required: true, description: 'Open invoice: "inv_…".' }),
    reason: t.string({ required: true, description: 'What the tenant says. Up to 500 characters.' }),
  }),
})
builder.mutationField('openDispute', t =>
  t.field({
    type: holdPayload('OpenDisputePayload', 'The invoice is disputed.'),
    authScopes: BILLING_WRITE,
    audit: 'billing.disputeOpened',
    errors: { types: [...ERRORS, InvoiceDisputed] },
    description: `Records that a tenant disputes an invoice, and stops its collections until the dispute is resolved. ${NEEDS_BILLING_WRITE}`,
    args: { input: t.arg({ type: OpenDisputeInputRef, required: true, description: 'The dispute.' }) },
    resolve: async (_root, { input: { invoiceId, reason } }, context) => ({
      hold: await context.tollgate.collections.openDispute({ ...(await invoiceOf(context, invoiceId)), reason }),
    }),
  }),
)

const ResolveDisputeInputRef = builder.inputType('ResolveDisputeInput', {
  description: 'The end of a dispute.',
  fields: t => ({
    id: t.id({ required: true, description: 'Id of the dispute: "chd_…".' }),
    resolution: t.field({ type: DisputeResolutionRef, required: true, description: 'How it ends.' }),
  }),
})
builder.mutationField('resolveDispute', t =>
  t.field({
    type: holdPayload('ResolveDisputePayload', 'The dispute is resolved, and collections continue.'),
    authScopes: BILLING_WRITE,
    audit: 'billing.disputeResolved',
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description: `Resolves a dispute. Void the invoice or issue a credit note if the tenant was right. ${NEEDS_BILLING_WRITE}`,
    args: { input: t.arg({ type: ResolveDisputeInputRef, required: true, description: 'The resolution.' }) },
    resolve: async (_root, { input: { id, resolution } }, { tollgate }) => ({
      hold: await tollgate.collections.resolveDispute({ ...readDisputeId(id), resolution }),
    }),
  }),
)

const LateFeeInputRef = builder.inputType('LateFeeInput', {
  description: 'A fee for paying late.',
  fields: t => ({
    kind: t.field({ type: LateFeeKindRef, required: true, description: 'What it is.' }),
    value: t.field({ type: 'Decimal', required: true, description: 'The amount, or the percentage. Above 0.' }),
    everyDays: t.int({ description: 'Days between two fees. Omit it for one fee only.' }),
    compound: t.boolean({ defaultValue: false, description: 'Whether a percentage applies to earlier late fees too. Defaults to false.' }),
    maximumPercent: t.field({ type: 'Decimal', description: 'Maximum sum, in percent of the invoice. Defaults to none.' }),
  }),
})
const PolicyInputRef = builder.inputType('SetCollectionPolicyInput', {
  description: 'A policy of collections.',
  fields: t => ({
    tenantId: t.id({ description: 'The tenant. Omit it for the policy of tenants without one of their own.' }),
    graceDays: t.int({ required: true, description: 'Days after the due date before late fees begin.' }),
    reminderDays: t.intList({ required: true, description: 'Days from the due date on which a reminder is sent; negative before it. At most 20.' }),
    lateFee: t.field({ type: LateFeeInputRef, description: 'The late fee. Omit it for none.' }),
    uncollectibleAfterDays: t.int({ description: 'Days after the due date when an invoice becomes uncollectible. Omit it for never.' }),
  }),
})
const PolicyPayloadRef = builder.objectRef<{ readonly policy: CollectionPolicy }>('SetCollectionPolicyPayload').implement({
  description: 'The policy was set.',
  fields: t => ({ policy: t.expose('policy', { type: CollectionPolicyRef, description: 'The policy that applies now.' }) }),
})
builder.mutationField('setCollectionPolicy', t =>
  t.field({
    type: PolicyPayloadRef,
    authScopes: BILLING_WRITE,
    audit: 'billing.collectionPolicySet',
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description: `Sets what happens when invoices are not paid. Steps that were taken stay. ${NEEDS_BILLING_WRITE}`,
    args: { input: t.arg({ type: PolicyInputRef, required: true, description: 'The policy.' }) },
    resolve: async (_root, { input: { tenantId, lateFee, ...policy } }, context) => {
      const of = tenantId === null || tenantId === undefined ? null : await tenantOf(context, tenantId)
      const fee = lateFee && { ...lateFee, compound: lateFee.compound ?? false }
      return { policy: await context.tollgate.collections.setPolicy(of, { ...policy, lateFee: fee ?? null }) }
    },
  }),
)

function ofTenant(tenantId: string, id: string | null | undefined): string | null {
  if (id === null || id === undefined) return null
  const invoice = readInvoiceId(id)
  if (invoice.tenantId !== tenantId) throw new NotFound('invoice', id)
  return invoice.invoiceId
}
