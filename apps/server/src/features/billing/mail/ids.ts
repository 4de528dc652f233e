import type { MailRef } from '@tollgate/invoicing/mail'
import { idCodec } from '../../../graphql/relay/id-codec.ts'

const TENANT = '[A-Za-z0-9][A-Za-z0-9._-]{0,63}'
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** Ids of e-mails: the tenant and the e-mail, "eml_acme:0192…"; without a tenant for one to the operator. */
export const EmailId = idCodec({ type: 'Email', prefix: 'eml_', plural: 'e-mails', form: new RegExp(`^(?:${TENANT}:)?${UUID}$`) })

/** Returns the id of an e-mail. */
export function emailId({ tenantId, id }: MailRef): string {
  return EmailId.encode(tenantId === null ? id : `${tenantId}:${id}`)
}

/** Reads which e-mail an id names. Throws `InvalidInput`. */
export function readEmailId(text: string): MailRef {
  const [first = '', second] = EmailId.decode(text).split(':')
  return second === undefined ? { tenantId: null, id: first } : { tenantId: first, id: second }
}
