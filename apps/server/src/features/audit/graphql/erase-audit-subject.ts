import { AuditOverloaded, AuditStoreUnavailable, type ErasedSubject } from '@tollgate/audit'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { viewerName } from '../../../graphql/viewer-name.ts'
import { auditEventKey } from '../ids.ts'
import { AuditEventRef } from './audit-event.ts'
import { auditLogOf, LOG_ARGUMENT } from './audit-log.ts'

const EraseAuditSubjectInputRef = builder.inputType('EraseAuditSubjectInput', {
  description: 'The person whose personal data is erased from one audit log.',
  fields: t => ({
    tenantId: t.id({ description: LOG_ARGUMENT }),
    subjectId: t.id({ required: true, description: 'Id of the person, as `subjectId` or `actorId` of the events.' }),
  }),
})

const EraseAuditSubjectPayloadRef = builder.objectRef<ErasedSubject & { readonly tenantId: string | null }>('EraseAuditSubjectPayload').implement({
  description: 'The result of an erasure.',
  fields: t => ({
    erased: t.exposeBoolean('erased', { description: 'Whether the log had readable personal data of the person.' }),
    event: t.field({ type: AuditEventRef, description: 'The event that records the erasure.', resolve: event => auditEventKey(event) }),
  }),
})

builder.mutationField('eraseAuditSubject', t =>
  t.field({
    type: EraseAuditSubjectPayloadRef,
    audit: 'records itself',
    authScopes: { can: 'audit:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound, AuditOverloaded, AuditStoreUnavailable] },
    description:
      'Permanently erases the personal data of a person from an audit log, by destroying its encryption key. The events stay, and the log stays verifiable.',
    args: { input: t.arg({ type: EraseAuditSubjectInputRef, required: true, description: 'The person and the log.' }) },
    resolve: async (_root, { input }, context) => {
      const tenantId = await auditLogOf(context, input.tenantId)
      const erased = await context.tollgate.audit.eraseSubject({
        tenantId,
        subjectId: input.subjectId,
        actor: { kind: 'key', id: viewerName(context.viewer) },
        requestId: context.requestId ?? null,
      })
      return { ...erased, tenantId }
    },
  }),
)
