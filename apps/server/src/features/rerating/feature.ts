import type { Feature } from '../feature.ts'
import { RatingRunId } from './ids.ts'

/** Correcting the cost of past events. Its tables are those of usage; its command is `prices rerate`. */
export const reratingFeature: Feature = {
  name: 'rerating',
  ids: [RatingRunId],
  graphql: () => import('./graphql/index.ts'),
}
