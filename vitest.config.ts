import { defineConfig } from 'vitest/config'

// Workspace packages resolve to their sources: nothing is built to test.
const resolve = { conditions: ['source', 'module', 'node', 'development|production'], externalConditions: ['source', 'node'] }

export default defineConfig({
  resolve: { conditions: resolve.conditions },
  ssr: { resolve },
  environments: { ssr: { resolve }, __vitest__: { resolve } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
    reporters: ['default', './test/kit/summary-reporter.ts'],
    globalSetup: ['test/kit/global-setup.ts'],
    pool: 'forks',
    execArgv: ['--conditions=source'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    allowOnly: false,
    passWithNoTests: false,
  },
})
