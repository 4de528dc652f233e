import { NotFound } from '@tollgate/kernel'
import type { GraphQLContext } from '../../../graphql/context.ts'
import { RatingRunId } from '../ids.ts'

/** Reads the id of a run that must exist. Throws `InvalidInput` and `NotFound`. */
export async function requireRatingRun({ tollgate }: GraphQLContext, globalId: string): Promise<string> {
  const id = RatingRunId.decode(globalId)
  if ((await tollgate.rerating.run(id)) === undefined) throw new NotFound('rating run', globalId)
  return id
}
