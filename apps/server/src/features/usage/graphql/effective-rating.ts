import { scopeOf } from '@tollgate/accounts'
import { createContextCache } from '@pothos/core'
import type { CostCorrection, Rating, UsageEvent } from '@tollgate/usage'
import DataLoader from 'dataloader'
import type { GraphQLContext } from '../../../graphql/context.ts'

/** One loader per request, so that the corrections of all events of a page are read together. */
const correctionsLoader = createContextCache(
  ({ viewer, tollgate }: GraphQLContext) =>
    new DataLoader<string, readonly CostCorrection[]>(async eventIds => {
      const corrections = Map.groupBy(await tollgate.rerating.corrections(scopeOf(viewer), eventIds), ({ eventId }) => eventId)
      return eventIds.map(id => corrections.get(id) ?? [])
    }),
)

/** Returns all corrections of an event, oldest first. */
export function correctionsOf({ id }: UsageEvent, context: GraphQLContext): Promise<readonly CostCorrection[]> {
  return correctionsLoader(context).load(id)
}

/** Returns the rating of the last correction of an event, or else the one that was recorded. */
export async function effectiveRating(event: UsageEvent, context: GraphQLContext): Promise<Rating> {
  return (await correctionsOf(event, context)).at(-1)?.to ?? event.rating
}
