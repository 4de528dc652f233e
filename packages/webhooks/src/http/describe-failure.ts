/** The request would use http or a private address, and may not. */
export class AddressNotAllowed extends Error {}

const REASONS: Record<string, string> = {
  ENOTFOUND: 'The host name does not exist.',
  EAI_AGAIN: 'The host name could not be looked up.',
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

/** Describes why a request failed, without addresses: a tenant reads it, and must not learn about our network. */
export function describeFailure(error: Error): string {
  if (error instanceof AddressNotAllowed) return error.message
  const { code = '' } = (error instanceof AggregateError ? (error.errors[0] as Error) : error) as { code?: string }
  return REASONS[code] ?? (code.startsWith('HPE_') ? 'The endpoint does not speak HTTP.' : `The connection failed${/^\w+$/.test(code) ? ` (${code})` : ''}.`)
}
