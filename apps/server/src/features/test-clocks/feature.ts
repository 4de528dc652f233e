import type { Feature } from '../feature.ts'

/** Test clocks: tenants whose time is simulated. */
export const testClocksFeature = {
  name: 'test-clocks',
  prepare: ({ tollgate }) => tollgate.testClocks.load(),
  follow: async ({ tollgate, listener, log }) =>
    (await import('./follow-test-clocks.ts')).followTestClocks(listener, tollgate.testClocks, error =>
      log.warn({ err: error }, 'Changed test clocks could not be read; simulated tenants keep their last time.'),
    ),
  graphql: () => import('./graphql/index.ts'),
  commands: async () => [(await import('./commands/test-clocks.ts')).testClocksCommand()],
} as const satisfies Feature
