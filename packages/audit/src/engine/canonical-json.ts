import canonicalize from 'canonicalize'

/** Returns the canonical JSON of a value (RFC 8785): the same text for the same value. Fields that are undefined are omitted. */
export function canonicalJson(value: object): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('The value has no JSON form')
  return text
}
