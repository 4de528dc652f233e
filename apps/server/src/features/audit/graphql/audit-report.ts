import type { AuditReport } from '@tollgate/audit'
import { builder } from '../../../graphql/builder.ts'
import { MEASURE_COMPLEXITY } from '../../../graphql/limits/limits.ts'
import { TimeRangeInputRef } from '../../usage/graphql/time-range-input.ts'
import { auditLogOf, LOG_ARGUMENT } from './audit-log.ts'

const AuditEventCountRef = builder.objectRef<AuditReport['eventsByType'][number]>('AuditEventCount').implement({
  description: 'How often events of one type occurred.',
  fields: t => ({
    eventType: t.exposeString('eventType', { description: 'Family and action: "trial.created".' }),
    count: t.expose('count', { type: 'SafeInt', description: 'Sum of the counts of the events.' }),
  }),
})

const AuditReportRef = builder.objectRef<AuditReport>('AuditReport').implement({
  description: 'Sums of the counts of the events of an audit log over a range. An event that stands for 500 attempts counts 500.',
  fields: t => ({
    totalEvents: t.expose('totalEvents', { type: 'SafeInt', description: 'All events.' }),
    successCount: t.expose('successCount', { type: 'SafeInt', description: 'Events with the result `SUCCESS`.' }),
    failureCount: t.expose('failureCount', { type: 'SafeInt', description: 'Events with the result `FAILURE`.' }),
    deniedCount: t.expose('deniedCount', { type: 'SafeInt', description: 'Events with the result `DENIED`.' }),
    successRate: t.exposeFloat('successRate', { nullable: true, description: 'Share of successes, 0 to 1. Null without events.' }),
    eventsByType: t.field({
      type: [AuditEventCountRef],
      complexity: { field: 1, multiplier: 50 },
      description: 'Events by type, most frequent first.',
      resolve: ({ eventsByType }) => [...eventsByType],
    }),
  }),
})

builder.queryField('auditReport', t =>
  t.field({
    type: AuditReportRef,
    authScopes: { can: 'audit:read' },
    complexity: MEASURE_COMPLEXITY,
    description: 'Counts the events of an audit log that occurred in a range.',
    args: {
      tenantId: t.arg.id({ description: LOG_ARGUMENT }),
      range: t.arg({ type: TimeRangeInputRef, required: true, description: 'Range of `occurredAt`.' }),
    },
    resolve: async (_root, { tenantId, range }, context) => context.tollgate.audit.report({ tenantId: await auditLogOf(context, tenantId), range }),
  }),
)
