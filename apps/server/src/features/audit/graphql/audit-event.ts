import { type AuditActor, type AuditEvent, type AuditResource, eventType } from '@tollgate/audit'
import { requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { auditEventKey, auditEventPlace } from '../ids.ts'
import { AuditActorKindRef, AuditResultRef } from './audit-enums.ts'

/** GraphQL type `AuditEvent`. Ids of one log are loaded together. */
export const AuditEventRef = builder.loadableNodeRef('AuditEvent', {
  id: { resolve: (event: AuditEvent) => auditEventKey(event) },
  load: async (ids: string[], { viewer, tollgate }): Promise<AuditEvent[]> => {
    requireScope(viewer, 'audit:read')
    const logs = Map.groupBy(ids.map(auditEventPlace), ({ tenantId }) => tenantId)
    const visible = [...logs].filter(([tenantId]) => viewer.kind === 'operator' || viewer.tenantId === tenantId)
    const found = visible.map(([tenantId, places]) =>
      tollgate.audit.eventsBySequence(
        tenantId,
        places.map(({ sequence }) => sequence),
      ),
    )
    return (await Promise.all(found)).flat()
  },
  sort: event => auditEventKey(event),
})

const AuditActorRef = builder.objectRef<AuditActor>('AuditActor').implement({
  description: 'Who did something.',
  fields: t => ({
    kind: t.expose('kind', { type: AuditActorKindRef, description: 'Kind of the actor.' }),
    id: t.exposeID('id', { nullable: true, description: 'Id of the user or key. Null for the system.' }),
  }),
})

const AuditResourceRef = builder.objectRef<AuditResource>('AuditResource').implement({
  description: 'What something was done to.',
  fields: t => ({
    type: t.exposeString('type', { description: 'Type of the resource: "api_key".' }),
    id: t.exposeID('id', { nullable: true, description: 'Id of the resource.' }),
  }),
})

builder.objectType(AuditEventRef, {
  name: 'AuditEvent',
  description: 'An event of an audit log: who did what to which resource, with what result. Events never change.',
  fields: t => ({
    tenant: t.field({
      type: TenantRef,
      nullable: true,
      description: 'Tenant of the log. Null for the log of the installation.',
      resolve: ({ tenantId }) => tenantId,
    }),
    sequence: t.expose('sequence', { type: 'SafeInt', description: 'Position in the log, from 1, without gaps.' }),
    idempotencyKey: t.exposeString('idempotencyKey', { description: 'The idempotency key.' }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it happened.' }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When the server recorded it. Never goes back from one event to the next.' }),
    family: t.exposeString('family', { description: 'Family of the event: "trial".' }),
    action: t.exposeString('action', { description: 'Action: "created".' }),
    count: t.expose('count', {
      type: 'SafeInt',
      description: 'Number of occurrences that the event stands for, which reports sum: 500 for 500 refused attempts. 0 if other events count them.',
    }),
    eventType: t.string({ description: 'Family and action: "trial.created".', resolve: eventType }),
    actor: t.expose('actor', { type: AuditActorRef, description: 'Who did it.' }),
    resource: t.expose('resource', { type: AuditResourceRef, nullable: true, description: 'What it was done to.' }),
    result: t.expose('result', { type: AuditResultRef, description: 'How it ended.' }),
    errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'Why it failed or was denied.' }),
    details: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Details, without secrets. The fields depend on the type of the event. Includes personal details until they are erased.',
      resolve: ({ details, personal }) => (personal?.details === undefined ? details : { ...details, ...personal.details }),
    }),
    before: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The resource, or its changed fields, before the operation. Includes personal fields until they are erased.',
      resolve: ({ before, personal }) => (personal?.before === undefined ? before : { ...before, ...personal.before }),
    }),
    after: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The resource, or its changed fields, after the operation. Includes personal fields until they are erased.',
      resolve: ({ after, personal }) => (personal?.after === undefined ? after : { ...after, ...personal.after }),
    }),
    requestId: t.exposeString('requestId', { nullable: true, description: 'Id of the request.' }),
    reportedBy: t.exposeID('reportedBy', {
      nullable: true,
      description: 'Key that reported the event with `recordAuditEvents`. Null for an event that the server recorded by itself.',
    }),
    ipAddress: t.string({
      nullable: true,
      description: 'IP address of the client. Null if unknown or erased.',
      resolve: ({ personal }) => personal?.ipAddress,
    }),
    userAgent: t.string({
      nullable: true,
      description: 'User agent of the client. Null if unknown or erased.',
      resolve: ({ personal }) => personal?.userAgent,
    }),
    hash: t.exposeString('hash', {
      description: 'Hash of the event and, through the hash of the event before it, of the whole log up to here: SHA-256 in hexadecimal.',
    }),
  }),
})
