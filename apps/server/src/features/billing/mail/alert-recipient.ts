import type { Billing } from '@tollgate/invoicing/billing'
import type { AlertRecipient } from './alert-mails.ts'

/** Returns where a tenant gets its alerts: the address of its billing profile. */
export async function alertRecipient(billing: Pick<Billing, 'profile'>, tenantId: string): Promise<AlertRecipient | undefined> {
  const profile = await billing.profile(tenantId)
  return profile === undefined || profile.email === null ? undefined : { to: profile.email, locale: profile.locale, name: profile.name }
}
