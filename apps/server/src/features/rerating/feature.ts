import type { Feature } from '../feature.ts'
import { RatingRunId } from './ids.ts'

/** Rating runs, which correct the cost of past events. Its tables belong to usage; its command is `prices rerate`. */
export const reratingFeature = {
  name: 'rerating',
  ids: [RatingRunId],
  graphql: () => import('./graphql/index.ts'),
} as const satisfies Feature
