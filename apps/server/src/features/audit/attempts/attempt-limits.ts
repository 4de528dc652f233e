/** Kinds of attempts in a tenant's log, in a minute. A kind is an actor, an event type, a result and an error code. */
export const MAX_KINDS_OF_TENANT = 20
/** Kinds of attempts from one address in the log of the installation, in a minute. */
export const MAX_KINDS_OF_ADDRESS = 10
/** Kinds of attempts in the log of the installation, in a minute. */
export const MAX_KINDS_OF_INSTALLATION = 60
/** Tenants with attempts in a minute. */
export const MAX_TENANTS = 1_000
/** Events that wait until they are written. */
export const MAX_WAITING_ATTEMPTS = 2_000

/** Each kind has an event for its first attempt and one for the others. The rest has one event for each result. */
export const MAX_TENANT_EVENTS_PER_MINUTE = 2 * MAX_KINDS_OF_TENANT + 2
/** As above, and each address with too many kinds has a rest of its own. */
export const MAX_INSTALLATION_EVENTS_PER_MINUTE = 2 * MAX_KINDS_OF_INSTALLATION + 2 * Math.trunc(MAX_KINDS_OF_INSTALLATION / MAX_KINDS_OF_ADDRESS) + 2
