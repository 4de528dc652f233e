const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i
const PREFIX = /^[a-z][a-z\d]*[_-](?=.)/i

/**
 * Returns the format of an id: its prefix including the separator (`"cust_"` for `"cust_0001"`), `"uuid"`, `"number"`, or
 * `"text"` for anything else.
 */
export function idFormat(id: string): string {
  if (UUID.test(id)) return 'uuid'
  return PREFIX.exec(id)?.[0] ?? (/^\d+$/.test(id) ? 'number' : 'text')
}
