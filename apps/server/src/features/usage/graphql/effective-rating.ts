import { scopeOf } from '@tollgate/accounts'
import { createContextCache } from '@pothos/core'
import type { CostCorrection, Rating, UsageEvent } from '@tollgate/usage'
import DataLoader from 'dataloader'
import type { GraphQLContext } from '../../../graphql/context.ts'

/** One for each request: the corrections of all events of a page are read together. */
const correctionsLoader = createContextCache(
  ({ viewer, tollgate }: GraphQLContext) =>
    new DataLoader<string, readonly CostCorrection[]>(async eventIds => {
      const corrections = Map.groupBy(await tollgate.rerating.corrections(scopeOf(viewer), eventIds), ({ eventId }) => eventId)
      return eventIds.map(id => corrections.get(id) ?? [])
    }),
)

/** Every correction of an event, oldest first. */
export function correctionsOf({ id }: UsageEvent, context: GraphQLContext): Promise<readonly CostCorrection[]> {
  return correctionsLoader(context).load(id)
}

/** What an event is taken to cost now: by its last correction, or as it was recorded. */
export async function effectiveRating(event: UsageEvent, context: GraphQLContext): Promise<Rating> {
  return (await correctionsOf(event, context)).at(-1)?.to ?? event.rating
}
