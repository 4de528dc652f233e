import type { Feature } from '../feature.ts'

/** The demo: tenants with sample data, to see what the server does. */
export const demoFeature = {
  name: 'demo',
  graphql: () => import('./graphql/index.ts'),
} as const satisfies Feature
