/** The certificate is not signed by a trusted authority. */
const UNTRUSTED: ReadonlySet<unknown> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
])

/** Returns why TLS to the database failed and what to do. Undefined for any other failure. */
export function tlsFailure(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error ? error.code : undefined
  if (UNTRUSTED.has(code)) {
    return 'its certificate is not signed by a trusted authority. Add sslrootcert=FILE to the URL: a PEM file with the certificate of the authority that signed it.'
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return 'its certificate is for another host name. Use a name that is in the certificate. If you did not expect this, another server may have answered.'
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return 'its certificate is not valid at this time. Renew it, and check the clocks.'
  if (error.message === 'The server does not support SSL connections') {
    return 'the URL asks for TLS, but the server does not offer it. Set "ssl = on" in PostgreSQL. To connect without encryption, set sslmode=disable in the URL.'
  }
  if (code === '28000' && error.message.includes('no encryption')) return 'it accepts only encrypted connections. Add sslmode=verify-full to the URL.'
  return undefined
}
