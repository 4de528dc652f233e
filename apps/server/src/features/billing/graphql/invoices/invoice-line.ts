import type { InvoiceLine } from '@tollgate/invoicing'
import type { AppliedTax } from '@tollgate/invoicing/tax'
import { builder } from '../../../../graphql/builder.ts'
import { InvoiceLineId } from '../../ids.ts'
import { InvoiceLineKindRef } from './invoice-enums.ts'
import { AppliedTaxRef } from './tax.ts'

/** A line and the invoice that it is on. */
export interface LineOfInvoice {
  readonly tenantId: string
  readonly invoiceId: string
  readonly line: InvoiceLine
}

const LineDiscountRef = builder.objectRef<InvoiceLine['discounts'][number]>('InvoiceLineDiscount').implement({
  description: 'A discount on an invoice line.',
  fields: t => ({
    description: t.exposeString('description', { description: 'The discount.' }),
    amount: t.expose('amount', { type: 'Decimal', description: 'Its amount. Negative if the line corrects an earlier one that had too much discount.' }),
  }),
})

const LineDimensionRef = builder.objectRef<{ readonly name: string; readonly value: string | null }>('InvoiceLineDimension').implement({
  description: 'The value of a dimension that lines are grouped by.',
  fields: t => ({
    name: t.exposeString('name', { description: 'The dimension, such as "organization".' }),
    value: t.exposeString('value', { nullable: true, description: 'Its value. Null for usage without one.' }),
  }),
})

/** Returns the id of a line as clients see it. */
export function lineIdOf({ tenantId, invoiceId, line }: LineOfInvoice): string {
  return InvoiceLineId.encode(`${tenantId}:${invoiceId}:${line.position}`)
}

/** GraphQL type `InvoiceLine`. */
export const InvoiceLineRef = builder.objectRef<LineOfInvoice>('InvoiceLine').implement({
  description: 'A line of an invoice. All amounts are in the currency of the invoice, and rounded to its minor unit except `unitAmount`.',
  fields: t => ({
    id: t.id({ description: 'Id of the line.', resolve: lineIdOf }),
    position: t.int({ description: 'Position on the invoice, from 1.', resolve: ({ line }) => line.position }),
    kind: t.field({ type: InvoiceLineKindRef, description: 'What it is for.', resolve: ({ line }) => line.kind }),
    description: t.string({ description: 'What it charges, in words.', resolve: ({ line }) => line.description }),
    periodFrom: t.field({ type: 'DateTime', description: 'Start of the time that it charges.', resolve: ({ line }) => line.period.from }),
    periodTo: t.field({ type: 'DateTime', description: 'End of the time that it charges, exclusive.', resolve: ({ line }) => line.period.to }),
    quantity: t.field({ type: 'Decimal', description: 'Number of units.', resolve: ({ line }) => line.quantity }),
    unit: t.string({ description: 'What `quantity` counts, such as "token" or "month".', resolve: ({ line }) => line.unit }),
    unitAmount: t.field({ type: 'Decimal', description: 'Price of one unit, not rounded.', resolve: ({ line }) => line.unitAmount }),
    amount: t.field({ type: 'Decimal', description: 'Before discounts, credits and tax. Negative if it gives back.', resolve: ({ line }) => line.amount }),
    discounts: t.field({
      type: [LineDiscountRef],
      complexity: { field: 1, multiplier: 2 },
      description: 'Discounts on it.',
      resolve: ({ line }) => [...line.discounts],
    }),
    credits: t.field({ type: 'Decimal', description: 'What consumed credits pay of it.', resolve: ({ line }) => line.credits }),
    netAmount: t.field({ type: 'Decimal', description: '`amount` minus discounts and credits: what is taxed.', resolve: ({ line }) => line.netAmount }),
    tax: t.field({ type: AppliedTaxRef, description: 'The tax that applies.', resolve: ({ line }): AppliedTax => line.tax }),
    taxAmount: t.field({ type: 'Decimal', description: 'Amount of the tax.', resolve: ({ line }) => line.taxAmount }),
    provider: t.string({
      nullable: true,
      description: 'Provider of the model. Null for lines that are not of one model.',
      resolve: ({ line }) => line.provider,
    }),
    model: t.string({ nullable: true, description: 'The model. Null for lines that are not of one model.', resolve: ({ line }) => line.model }),
    dimensions: t.field({
      type: [LineDimensionRef],
      description: 'Values of the dimensions that the usage lines of the tenant are grouped by, besides provider and model.',
      resolve: ({ line }) => Object.entries(line.dimensions).map(([name, value]) => ({ name, value })),
    }),
  }),
})
