import { AuditOverloaded, AuditStoreUnavailable, type RecordedAuditEvent } from '@tollgate/audit'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { InputIssueRef } from '../../../graphql/errors/error-interface.ts'
import { viewerName } from '../../../graphql/viewer-name.ts'
import { TrackOutcomeRef } from '../../usage/graphql/usage-enums.ts'
import { auditEventKey } from '../ids.ts'
import { AuditResultRef } from './audit-enums.ts'
import { AuditEventRef } from './audit-event.ts'
import { auditLogOf, LOG_ARGUMENT } from './audit-log.ts'
import { recordReported } from './record-reported.ts'

const AuditEventInputRef = builder.inputType('AuditEventInput', {
  description:
    'An audit event to record. Secrets in texts and in fields with names of secrets are replaced by "[redacted]". An invalid event does not affect the others of its batch.',
  // An event with an invalid value is rejected by itself, and not the request. `checkAuditEvent` names what is wrong.
  extensions: { keepsRefusedValues: true },
  fields: t => ({
    idempotencyKey: t.string({ description: 'Records the event once: a repeat with the same key is a duplicate. Made by the server if omitted.' }),
    occurredAt: t.field({ type: 'DateTime', description: 'When it happened. Defaults to the time of receipt.' }),
    family: t.string({ required: true, description: 'Family of the event, letters, digits and underscores: "trial".' }),
    action: t.string({ required: true, description: 'Action, letters, digits and underscores: "created".' }),
    resourceType: t.string({ description: 'Type of what it was done to: "api_key".' }),
    resourceId: t.string({ description: 'Id of what it was done to. Requires `resourceType`.' }),
    actorId: t.string({ description: 'Id of the user who did it. Defaults to the API key of the request.' }),
    result: t.field({ type: AuditResultRef, defaultValue: 'success', description: 'How it ended. Defaults to `SUCCESS`.' }),
    count: t.field({ type: 'SafeInt', description: 'Number of occurrences that the event stands for, 0 to 1,000,000,000. Reports sum it. Defaults to 1.' }),
    errorMessage: t.string({ description: 'Why it failed or was denied, up to 2,000 characters.' }),
    details: t.field({ type: 'JSON', description: 'Object with details, up to 16,384 bytes.' }),
    personalDetails: t.field({
      type: 'JSON',
      description: 'Object with details that identify a person, such as an email address. Kept so that they can be erased.',
    }),
    subjectId: t.id({ description: 'Person whom personal data is about, for erasure. Defaults to the actor.' }),
    before: t.field({ type: 'JSON', description: 'Object: the resource, or its changed fields, before the operation.' }),
    after: t.field({ type: 'JSON', description: 'Object: the resource, or its changed fields, after the operation.' }),
    requestId: t.string({ description: 'Id of the request that caused it.' }),
    ipAddress: t.string({ description: 'IP address of the client.' }),
    userAgent: t.string({ description: 'User agent of the client.' }),
  }),
})

const RecordAuditEventsInputRef = builder.inputType('RecordAuditEventsInput', {
  description: 'Events of one audit log to record.',
  fields: t => ({
    tenantId: t.id({ description: LOG_ARGUMENT }),
    events: t.field({ type: [AuditEventInputRef], required: true, description: '1 to 1,000 events.' }),
  }),
})

interface ResultInLog {
  readonly tenantId: string | null
  readonly result: RecordedAuditEvent
}

const RecordedAuditEventRef = builder.objectRef<ResultInLog>('RecordedAuditEvent').implement({
  description: 'The result of recording one audit event.',
  fields: t => ({
    outcome: t.field({
      type: TrackOutcomeRef,
      description: 'What happened with the event.',
      resolve: ({ result: { outcome } }) => (outcome === 'counted' ? 'accepted' : outcome),
    }),
    counted: t.boolean({
      description: 'Whether the event is only counted, in the event of its type and minute, because its family is sampled.',
      resolve: ({ result }) => result.outcome === 'counted',
    }),
    idempotencyKey: t.string({
      nullable: true,
      description: 'The idempotency key, sent or made. Null if the event was rejected without one.',
      resolve: ({ result }) => result.idempotencyKey,
    }),
    event: t.field({
      type: AuditEventRef,
      nullable: true,
      description: 'The event with this key. Null if it was rejected or only counted.',
      resolve: ({ tenantId, result }) => ('sequence' in result ? auditEventKey({ tenantId, sequence: result.sequence }) : null),
    }),
    reason: t.string({ nullable: true, description: 'Why the event was not accepted, or only counted.', resolve: ({ result }) => result.reason }),
    issues: t.field({
      type: [InputIssueRef],
      complexity: { field: 1, multiplier: 1 },
      description: 'The issues of each field; empty if the event was not rejected.',
      resolve: ({ result }) => (result.outcome === 'rejected' ? [...result.issues] : []),
    }),
  }),
})

const RecordAuditEventsPayloadRef = builder.objectRef<{ results: readonly ResultInLog[] }>('RecordAuditEventsPayload').implement({
  description: 'The results of a batch of audit events.',
  fields: t => ({
    results: t.field({
      type: [RecordedAuditEventRef],
      complexity: { field: 1, multiplier: 1 },
      description: 'One result per event, in the same order.',
      resolve: ({ results }) => [...results],
    }),
  }),
})

builder.mutationField('recordAuditEvents', t =>
  t.field({
    type: RecordAuditEventsPayloadRef,
    audit: 'records itself',
    authScopes: { can: 'audit:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound, AuditOverloaded, AuditStoreUnavailable] },
    complexity: ({ input }) => ({ field: 1, multiplier: input.events.length }),
    description:
      'Records audit events, each idempotency key exactly once. Responds when they are durable. An invalid event is rejected; the others are recorded.',
    args: { input: t.arg({ type: RecordAuditEventsInputRef, required: true, description: 'The events.' }) },
    resolve: async (_root, { input }, context) => {
      const tenantId = await auditLogOf(context, input.tenantId)
      const results = await recordReported(context.tollgate.audit, { tenantId, events: input.events, reportedBy: viewerName(context.viewer) })
      return { results: results.map(result => ({ tenantId, result })) }
    },
  }),
)
