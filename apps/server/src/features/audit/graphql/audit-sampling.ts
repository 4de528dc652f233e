import type { SamplingRule } from '@tollgate/audit'
import { builder } from '../../../graphql/builder.ts'
import { auditLogOf, LOG_ARGUMENT } from './audit-log.ts'

const AuditSamplingRuleRef = builder.objectRef<SamplingRule>('AuditSamplingRule').implement({
  description: 'How successful events of a family are recorded. Failures and denials are always recorded by themselves.',
  fields: t => ({
    family: t.exposeString('family', { description: 'Family of the events: "chat".' }),
    keepOneIn: t.exposeInt('keepOneIn', {
      description: 'Records one in this many events by itself. The others are counted in one event per type and minute. 0 counts all of them.',
    }),
  }),
})

builder.queryField('auditSampling', t =>
  t.field({
    type: [AuditSamplingRuleRef],
    authScopes: { can: 'audit:read' },
    description: 'Lists the sampled families of an audit log, as the setting TOLLGATE_AUDIT_SAMPLING configures them.',
    args: { tenantId: t.arg.id({ description: LOG_ARGUMENT }) },
    resolve: async (_root, { tenantId }, context) => [...context.tollgate.audit.samplingRules(await auditLogOf(context, tenantId))],
  }),
)
