import { idCodec } from '../../graphql/relay/id-codec.ts'

/** Ids of audit events: the tenant, nothing for the log of the installation, and the sequence: "aud_acme:17". */
export const AuditEventId = idCodec({
  type: 'AuditEvent',
  prefix: 'aud_',
  plural: 'audit events',
  form: /^(?:[A-Za-z0-9][A-Za-z0-9._-]{0,63})?:[1-9]\d{0,14}$/,
})

/** The place of an audit event. */
export interface AuditEventPlace {
  readonly tenantId: string | null
  readonly sequence: number
}

/** Returns the id of an event, without its prefix. */
export function auditEventKey({ tenantId, sequence }: AuditEventPlace): string {
  return `${tenantId ?? ''}:${sequence}`
}

/** Reads the id of an event, without its prefix. */
export function auditEventPlace(key: string): AuditEventPlace {
  const [tenantId = '', sequence = ''] = key.split(':')
  return { tenantId: tenantId === '' ? null : tenantId, sequence: Number(sequence) }
}
