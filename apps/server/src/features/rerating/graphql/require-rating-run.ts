import { NotFound } from '@tollgate/kernel'
import type { GraphQLContext } from '../../../graphql/context.ts'
import { RatingRunId } from '../ids.ts'

/** Returns the internal id of an existing rating run. Throws `InvalidInput` for an id of another kind, and `NotFound`. */
export async function requireRatingRun({ tollgate }: GraphQLContext, globalId: string): Promise<string> {
  const id = RatingRunId.decode(globalId)
  if ((await tollgate.rerating.run(id)) === undefined) throw new NotFound('rating run', globalId)
  return id
}
