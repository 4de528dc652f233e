import type { JsonObject } from '../model/audit-event.ts'

/** Names of fields, in lower case with underscores, whose value identifies a person. */
const PERSONAL_NAME =
  /^(?:.*_)?(?:e_?mails?|e_?mail_address(?:es)?|ip|ip_address(?:es)?|remote_address|user_agent|(?:first|last|full|given|family|middle|maiden|nick|display|contact|person|customer|user)_?names?|surname|phones?|phone_numbers?|mobile|date_of_birth|birth_?date|birthday|postal_address|street)$/

/** A value without its personal fields, and these fields. */
export interface SplitFields {
  readonly open: JsonObject | null
  readonly personal: JsonObject | null
}

/** Takes the fields of an object apart that identify a person by their name, such as "email". A field that contains one is personal as a whole. */
export function splitPersonalFields(value: JsonObject | null): SplitFields {
  if (value === null) return { open: null, personal: null }
  const fields = Object.entries(value)
  const personal = fields.filter(([name, item]) => isPersonal(name, item))
  if (personal.length === 0) return { open: value, personal: null }
  const open = fields.filter(([name, item]) => !isPersonal(name, item))
  return { open: open.length === 0 ? null : Object.fromEntries(open), personal: Object.fromEntries(personal) }
}

function isPersonal(name: string, value: unknown): boolean {
  if (value === null) return false
  const words = name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|[-.\s]/g, '_').toLowerCase()
  return PERSONAL_NAME.test(words) || containsPersonal(value)
}

function containsPersonal(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(containsPersonal)
  return Object.entries(value).some(([name, item]) => isPersonal(name, item))
}
