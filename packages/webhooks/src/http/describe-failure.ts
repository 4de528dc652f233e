/** The request would use http, or an address that the owner may not use. */
export class AddressNotAllowed extends Error {}

/** A host name has an address that is not public, or none. */
export class NoPublicAddress extends Error {}

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'The connection was refused.',
  ECONNRESET: 'The connection was closed without a response.',
  EPIPE: 'The connection was closed without a response.',
  EHOSTUNREACH: 'The host cannot be reached.',
  ENETUNREACH: 'The host cannot be reached.',
  ETIMEDOUT: 'The host cannot be reached.',
  CERT_HAS_EXPIRED: 'The certificate has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate is self-signed.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate is signed by an unknown authority.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The certificate is signed by an unknown authority.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate is for another host.',
}

/** One message for a name that does not exist and one with a private address, so that it does not tell which internal names exist. */
const NO_ADDRESS = 'The host name has no public address.'

const LOOKUP_REASONS: Record<string, string> = {
  ENOTFOUND: 'The host name does not exist.',
  EAI_AGAIN: 'The host name could not be looked up.',
}

/** Describes why a request failed, without addresses: a tenant reads it, and must not learn about our network. */
export function describeFailure(error: Error, { allowPrivate }: { readonly allowPrivate: boolean }): string {
  if (error instanceof AddressNotAllowed) return error.message
  const { code = '', syscall } = (error instanceof AggregateError ? (error.errors[0] as Error) : error) as { code?: string; syscall?: string }
  if (error instanceof NoPublicAddress || syscall === 'getaddrinfo' || code in LOOKUP_REASONS)
    return (allowPrivate ? LOOKUP_REASONS[code] : undefined) ?? NO_ADDRESS
  return REASONS[code] ?? (code.startsWith('HPE_') ? 'The endpoint does not speak HTTP.' : `The connection failed${/^\w+$/.test(code) ? ` (${code})` : ''}.`)
}
