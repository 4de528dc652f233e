import type { AuditVerification, BrokenPlace } from '@tollgate/audit'
import { builder } from '../../../graphql/builder.ts'
import { AUDIT_VERIFICATION_COMPLEXITY, MAX_VERIFIED_AUDIT_EVENTS } from '../../../graphql/limits/limits.ts'
import { AuditBrokenReasonRef } from './audit-enums.ts'
import { followVerification, type VerificationUpdate } from '../follow-verification.ts'
import { auditLogOf, LOG_ARGUMENT } from './audit-log.ts'

const AuditBrokenPlaceRef = builder.objectRef<BrokenPlace>('AuditBrokenPlace').implement({
  description: 'The first broken place of an audit log. Everything before it is intact.',
  fields: t => ({
    sequence: t.expose('sequence', { type: 'SafeInt', description: 'First sequence that is affected.' }),
    lastSequence: t.expose('lastSequence', { type: 'SafeInt', description: 'Last sequence that may be affected, if the place is known only as a range.' }),
    reason: t.expose('reason', { type: AuditBrokenReasonRef, description: 'What is wrong.' }),
    message: t.exposeString('message', { description: 'What is wrong, for people.' }),
  }),
})

const AuditVerificationRef = builder.objectRef<AuditVerification>('AuditVerification').implement({
  description: 'The result of verifying an audit log.',
  fields: t => ({
    valid: t.exposeBoolean('valid', { description: 'Whether the log is intact.' }),
    events: t.expose('events', { type: 'SafeInt', description: 'Number of events that are intact, up to the first broken place.' }),
    archivedEvents: t.expose('archivedEvents', {
      type: 'SafeInt',
      description: 'Number of older events that are only in archives. The command `audit verify --archives` verifies them.',
    }),
    checkpoints: t.exposeInt('checkpoints', { description: 'Number of signed checkpoints that the events were compared with.' }),
    firstInvalid: t.expose('firstInvalid', { type: AuditBrokenPlaceRef, nullable: true, description: 'The first broken place. Null for an intact log.' }),
  }),
})

builder.queryField('auditVerification', t =>
  t.field({
    type: AuditVerificationRef,
    authScopes: { can: 'audit:read' },
    complexity: AUDIT_VERIFICATION_COMPLEXITY,
    description: `Verifies an audit log of up to ${MAX_VERIFIED_AUDIT_EVENTS.toLocaleString('en')} events, from its first event to its end, and names the first broken place.`,
    args: { tenantId: t.arg.id({ description: LOG_ARGUMENT }) },
    resolve: async (_root, { tenantId }, context) =>
      context.tollgate.audit.verify({ tenantId: await auditLogOf(context, tenantId), maxEvents: MAX_VERIFIED_AUDIT_EVENTS }),
  }),
)

const AuditVerificationProgressRef = builder.objectRef<VerificationUpdate>('AuditVerificationProgress').implement({
  description: 'Progress of the verification of an audit log.',
  fields: t => ({
    verified: t.expose('verified', { type: 'SafeInt', description: 'Number of events that were verified.' }),
    total: t.expose('total', { type: 'SafeInt', description: 'Number of events to verify.' }),
    result: t.expose('result', { type: AuditVerificationRef, nullable: true, description: 'The result, in the last update. Null before.' }),
  }),
})

builder.subscriptionField('auditVerification', t =>
  t.field({
    type: AuditVerificationProgressRef,
    authScopes: { can: 'audit:read' },
    complexity: AUDIT_VERIFICATION_COMPLEXITY,
    description: 'Verifies an audit log as the query of the same name does, and reports how far it is. Ends after the update with the result.',
    args: { tenantId: t.arg.id({ description: LOG_ARGUMENT }) },
    subscribe: async (_root, { tenantId }, context) =>
      followVerification(context.tollgate.audit, { tenantId: await auditLogOf(context, tenantId), maxEvents: MAX_VERIFIED_AUDIT_EVENTS }),
    resolve: update => update,
  }),
)
