import type { CollectionHold, CollectionPolicy, CollectionStep, DisputeResolution, HoldKind, LateFeeTerms } from '@tollgate/invoicing/collections'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import type { EnumValues } from '../../../../graphql/enum-values.ts'
import { InvoiceId, readInvoiceId } from '../../ids.ts'
import { CollectionHoldId } from '../../payments/ids.ts'

/** What a late fee is. */
export const LateFeeKindRef = builder.enumType('LateFeeKind', {
  description: 'What a late fee is.',
  values: {
    FIXED: { value: 'fixed', description: 'An amount in the currency of the invoice.' },
    PERCENT: { value: 'percent', description: 'A percentage of what is overdue.' },
  } satisfies EnumValues<LateFeeTerms['kind']>,
})

const LateFeeRef = builder.objectRef<LateFeeTerms>('LateFeeTerms').implement({
  description: 'A fee for paying late.',
  fields: t => ({
    kind: t.expose('kind', { type: LateFeeKindRef, description: 'What it is.' }),
    value: t.expose('value', { type: 'Decimal', description: 'The amount, or the percentage.' }),
    everyDays: t.exposeInt('everyDays', { nullable: true, description: 'Days between two fees. Null for one fee only.' }),
    compound: t.exposeBoolean('compound', { description: 'Whether a percentage applies to earlier late fees too.' }),
    maximumPercent: t.expose('maximumPercent', { type: 'Decimal', nullable: true, description: 'Maximum sum, in percent of the invoice.' }),
  }),
})

/** What happens when an invoice is not paid. */
export const CollectionPolicyRef = builder.objectRef<CollectionPolicy>('CollectionPolicy').implement({
  description: 'What happens when an invoice is not paid.',
  fields: t => ({
    graceDays: t.exposeInt('graceDays', { description: 'Days after the due date before late fees begin.' }),
    reminderDays: t.field({
      type: ['Int'],
      description: 'Days from the due date on which a reminder is sent; negative before it.',
      resolve: policy => [...policy.reminderDays],
    }),
    lateFee: t.expose('lateFee', { type: LateFeeRef, nullable: true, description: 'The late fee. Null for none.' }),
    uncollectibleAfterDays: t.exposeInt('uncollectibleAfterDays', {
      nullable: true,
      description: 'Days after the due date when an invoice becomes uncollectible. Null for never.',
    }),
  }),
})

const HoldKindRef = builder.enumType('CollectionHoldKind', {
  description: 'Why collections stop.',
  values: {
    PAUSE: { value: 'pause', description: 'Somebody paused them.' },
    DISPUTE: { value: 'dispute', description: 'The tenant disputes the invoice.' },
  } satisfies EnumValues<HoldKind>,
})

/** How a dispute ended. */
export const DisputeResolutionRef = builder.enumType('DisputeResolution', {
  description: 'How a dispute ended.',
  values: {
    ACCEPTED: { value: 'accepted', description: 'The tenant was right.' },
    REJECTED: { value: 'rejected', description: 'The invoice is right.' },
    WITHDRAWN: { value: 'withdrawn', description: 'The tenant withdrew it.' },
  } satisfies EnumValues<DisputeResolution>,
})

/** A time in which collections take no steps. */
export const CollectionHoldRef = builder.objectRef<CollectionHold>('CollectionHold').implement({
  description: 'A time in which collections take no steps. Days from the due date do not count meanwhile.',
  fields: t => ({
    id: t.id({ description: 'Its id: "chd_…".', resolve: ({ tenantId, id }) => CollectionHoldId.encode(`${tenantId}:${id}`) }),
    kind: t.expose('kind', { type: HoldKindRef, description: 'Why they stop.' }),
    invoiceId: t.id({
      nullable: true,
      description: 'The invoice. Null for all of the tenant.',
      resolve: ({ tenantId, invoiceId }) => (invoiceId === null ? null : InvoiceId.encode(`${tenantId}:${invoiceId}`)),
    }),
    from: t.expose('from', { type: 'DateTime', description: 'When it started.' }),
    to: t.expose('to', { type: 'DateTime', nullable: true, description: 'When it ends. Null while that is open.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why.' }),
    resolution: t.expose('resolution', { type: DisputeResolutionRef, nullable: true, description: 'How a dispute ended.' }),
  }),
})

/** A step of collections that was taken. */
export const CollectionStepRef = builder.objectRef<CollectionStep>('CollectionStep').implement({
  description: 'A step of collections that was taken.',
  fields: t => ({
    key: t.exposeString('key', { description: 'Names it for the invoice: "reminder:7", "late_fee:1", "uncollectible".' }),
    dueAt: t.expose('dueAt', { type: 'DateTime', description: 'When it was due.' }),
    takenAt: t.expose('takenAt', { type: 'DateTime', description: 'When it was taken.' }),
    isSkipped: t.boolean({ description: 'Whether nothing was done, because a later step replaced it.', resolve: ({ outcome }) => outcome === 'skipped' }),
    amount: t.expose('amount', { type: 'Decimal', nullable: true, description: 'The late fee. Null for other steps.' }),
  }),
})

const TENANT = 'Tenant to read. Required with an operator key; a tenant key reads its own tenant.'

builder.queryFields(t => ({
  collectionPolicy: t.field({
    type: CollectionPolicyRef,
    authScopes: { can: 'billing:read' },
    description: 'What happens when an invoice of a tenant is not paid.',
    args: { tenantId: t.arg.id({ description: TENANT }) },
    resolve: async (_root, { tenantId }, context) => context.tollgate.collections.policy(await tenantOf(context, tenantId)),
  }),
  collectionHolds: t.field({
    type: [CollectionHoldRef],
    authScopes: { can: 'billing:read' },
    description: 'Pauses and disputes of a tenant, latest first.',
    args: { tenantId: t.arg.id({ description: TENANT }) },
    resolve: async (_root, { tenantId }, context) => [...(await context.tollgate.collections.holds(await tenantOf(context, tenantId)))],
  }),
  collectionSteps: t.field({
    type: [CollectionStepRef],
    authScopes: { can: 'billing:read' },
    description: 'Steps of collections for an invoice, oldest first.',
    args: { invoiceId: t.arg.id({ required: true, description: 'The invoice: "inv_…".' }) },
    resolve: async (_root, { invoiceId: id }, context) => {
      const { tenantId, invoiceId } = readInvoiceId(id)
      return [...(await context.tollgate.collections.steps(await tenantOf(context, tenantId), [invoiceId]))]
    },
  }),
}))
