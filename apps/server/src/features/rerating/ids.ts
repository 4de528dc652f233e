import { idCodec } from '../../graphql/relay/id-codec.ts'

/** Ids of rating runs. */
export const RatingRunId = idCodec({ type: 'RatingRun', prefix: 'run_', plural: 'rating runs' })
