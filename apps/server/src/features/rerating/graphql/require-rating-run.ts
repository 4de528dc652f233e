import { NotFound } from '@tollgate/kernel'
import type { GraphQLContext } from '../../../graphql/context.ts'
import { readIdOf } from '../../../graphql/relay/global-id.ts'

/** Reads the id of a run that must exist. Throws `InvalidInput` and `NotFound`. */
export async function requireRatingRun({ tollgate }: GraphQLContext, globalId: string): Promise<string> {
  const id = readIdOf('RatingRun', globalId)
  if ((await tollgate.rerating.run(id)) === undefined) throw new NotFound('rating run', globalId)
  return id
}
