/** Maximum size of a request body: enough for 1,000 events with every field at its usual length. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024

/** Maximum size of a body without a key, which can only ask for the schema. Enough for the introspection of every client. */
export const MAX_KEYLESS_BODY_BYTES = 8 * 1024

/** How much of a body that is not wanted is read and forgotten, so that its sender can read the response. */
export const MAX_SKIPPED_BYTES = 16 * 1024 * 1024

/** Maximum nesting of lists and objects in a body. Values of `JSON` have a lower maximum. */
export const MAX_BODY_NESTING = 64

/** How long a client may take to send the headers, the whole request, and a body without a key. */
export const HEADERS_WITHIN_MS = 10_000
export const REQUEST_WITHIN_MS = 60_000
export const KEYLESS_BODY_WITHIN_MS = 5_000
/** Maximum size of a webhook of a payment provider. */
export const MAX_PAYMENT_WEBHOOK_BYTES = 512 * 1024
