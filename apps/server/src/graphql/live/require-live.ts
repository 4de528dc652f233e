import type { Live } from '../../live/live.ts'
import type { GraphQLContext } from '../context.ts'

/** Returns the live sources. Without them, subscriptions are not served. */
export function requireLive({ live }: GraphQLContext): Pick<Live, 'source'> {
  if (live === undefined) throw new Error('This handler does not serve subscriptions')
  return live
}
