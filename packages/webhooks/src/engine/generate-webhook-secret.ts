const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** Generates a signing secret in the format of Standard Webhooks. */
export function generateWebhookSecret(randomBytes: (size: number) => Uint8Array): string {
  return PREFIX + btoa(String.fromCharCode(...randomBytes(SECRET_BYTES)))
}
