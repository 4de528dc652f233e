import type { Connection } from './page.ts'

const FOLLOW_AFTER = Symbol('followAfter')

/** Adds to a connection the cursor after which a subscription sends everything that the list does not have yet. */
export function withFollowAfter<Node>(connection: Connection<Node>, followAfter: string): Connection<Node> {
  return Object.assign(connection, { [FOLLOW_AFTER]: followAfter })
}

/** Returns the cursor that `withFollowAfter` added. The types of connections have no room for it. */
export function followAfterOf(connection: object): string {
  return (connection as { readonly [FOLLOW_AFTER]: string })[FOLLOW_AFTER]
}

/** Description of the field `followAfter`. */
export const FOLLOW_AFTER_DESCRIPTION =
  'Pass it as `after` to the subscription of the same name to follow what comes after this answer, without a gap. Set on every page; use that of the first.'
