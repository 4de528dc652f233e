import { NotFound } from '../../../accounts/errors.ts'
import type { GraphQLContext } from '../../context.ts'
import { readIdOf } from '../../global-id.ts'

/** Reads the id of a run that must exist. Throws `InvalidInput` and `NotFound`. */
export async function requireRatingRun({ tollgate }: GraphQLContext, globalId: string): Promise<string> {
  const id = readIdOf('RatingRun', globalId)
  if ((await tollgate.rerating.run(id)) === undefined) throw new NotFound('rating run', globalId)
  return id
}
