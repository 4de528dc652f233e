/** How the server logs in, and the key with which it signs scopes. The owner provides it: `owner.access`. */
export interface DatabaseAccess {
  /** The role of the server. */
  readonly role: string
  /** URL of the role. It may go through a pooler in transaction mode. */
  readonly url: string
  /** URL of the role without a pooler, for connections that listen or hold locks. */
  readonly directUrl: string
  /** In hexadecimal. It gives access to every tenant. */
  readonly scopeKey: string
}
