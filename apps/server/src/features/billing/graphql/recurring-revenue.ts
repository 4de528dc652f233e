import type { RecurringRevenue } from '@tollgate/invoicing'
import { builder } from '../../../graphql/builder.ts'

const RevenueMovementsRef = builder.objectRef<RecurringRevenue['movements']>('RevenueMovements').implement({
  description: 'What changed monthly recurring revenue. Over all time, the movements add up to it.',
  fields: t => ({
    new: t.expose('new', { type: 'Decimal', description: 'From tenants that had never paid.' }),
    expansion: t.expose('expansion', { type: 'Decimal', description: 'From higher plans and more seats.' }),
    contraction: t.expose('contraction', { type: 'Decimal', description: 'From lower plans and fewer seats. Negative.' }),
    churn: t.expose('churn', { type: 'Decimal', description: 'From tenants that stopped paying, by cancellation or pause. Negative.' }),
    reactivation: t.expose('reactivation', { type: 'Decimal', description: 'From tenants that pay again.' }),
  }),
})

const RecurringRevenueRef = builder.objectRef<RecurringRevenue>('RecurringRevenue').implement({
  description: 'Recurring revenue of all subscriptions at a time: fees and seats, without usage. Trials and pauses have none.',
  fields: t => ({
    at: t.expose('at', { type: 'DateTime', description: 'The time.' }),
    currency: t.exposeString('currency', { description: 'ISO 4217 code. Only plans in this currency are counted.' }),
    mrr: t.expose('mrr', { type: 'Decimal', description: 'Monthly recurring revenue. A yearly fee counts a twelfth.' }),
    arr: t.expose('arr', { type: 'Decimal', description: 'Annual recurring revenue: twelve times `mrr`.' }),
    movements: t.expose('movements', { type: RevenueMovementsRef, description: 'What changed it.' }),
    payingTenants: t.exposeInt('payingTenants', { description: 'Number of tenants with recurring revenue.' }),
  }),
})

builder.queryField('recurringRevenue', t =>
  t.field({
    type: RecurringRevenueRef,
    authScopes: { $all: { operator: true, can: 'billing:read' } },
    complexity: 100,
    description: 'Recurring revenue at a time, and its movements. Requires an operator key with the scope "billing:read".',
    args: {
      at: t.arg({ type: 'DateTime', description: 'The time. Defaults to now.' }),
      since: t.arg({ type: 'DateTime', description: 'Start of the movements. Defaults to all until `at`.' }),
      currency: t.arg.string({ description: 'ISO 4217 code of the plans to count. Defaults to USD.' }),
    },
    resolve: async (_root, query, { tollgate }) => tollgate.subscriptions.recurringRevenue(query),
  }),
)
