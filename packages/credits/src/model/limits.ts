/** Maximum number of grants of a wallet that are pending or not spent. */
export const MAX_OPEN_GRANTS = 1_000

/** Maximum length of an idempotency key, in UTF-16 code units. */
export const MAX_KEY_LENGTH = 256

/** Maximum length of a description or reason. */
export const MAX_DESCRIPTION_LENGTH = 1_000

/** Maximum time that a reservation may hold credits: one day. */
export const MAX_RESERVATION_SECONDS = 86_400
