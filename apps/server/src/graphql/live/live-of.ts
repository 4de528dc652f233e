import type { Live } from '../../live/live.ts'
import type { GraphQLContext } from '../context.ts'

/** What can be followed. Without it the field would not have been subscribed to. */
export function liveOf({ live }: GraphQLContext): Pick<Live, 'of'> {
  if (live === undefined) throw new Error('Subscriptions are not served here')
  return live
}
