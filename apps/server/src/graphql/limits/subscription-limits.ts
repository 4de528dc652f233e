/** Maximum number of open subscriptions of one process, and of one tenant and of the access tokens of one customer on it. */
export const MAX_SUBSCRIPTIONS = 5_000
export const MAX_SUBSCRIPTIONS_OF_TENANT = 500
export const MAX_SUBSCRIPTIONS_OF_CUSTOMER = 20

/** Maximum number of WebSockets of one process, authenticated or not, and of subscriptions over one WebSocket. */
export const MAX_SOCKETS = 2_000
export const MAX_SUBSCRIPTIONS_PER_SOCKET = 100

/** Maximum size in bytes of a WebSocket message from a client: a query and its variables. */
export const MAX_MESSAGE_BYTES = 64 * 1024

/** Maximum number of bytes that a client may send over a WebSocket before its key is known. */
export const MAX_KEYLESS_SOCKET_BYTES = 16 * 1024
