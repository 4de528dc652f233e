import type { Feature } from '../feature.ts'

/** One subscription to everything that a page follows. */
export const liveFeature: Feature = { name: 'live', graphql: () => import('./graphql/index.ts') }
