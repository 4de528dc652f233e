import { RuleTester } from 'oxlint/plugins-dev'
import { describe, it } from 'vitest'
import { coreTakesPorts } from './core-takes-ports.ts'
import { noExportAll } from './no-export-all.ts'
import { noVagueFileName } from './no-vague-file-name.ts'

RuleTester.describe = describe
RuleTester.it = it
const tester = new RuleTester({ languageOptions: { parserOptions: { lang: 'ts' } } })

tester.run('no-export-all', noExportAll, {
  valid: ["export { allocate } from './allocate.ts'", "export type { Clock } from './clock.ts'"],
  invalid: [
    { code: "export * from './allocate.ts'", errors: 1 },
    { code: "export * as money from './money.ts'", errors: 1 },
  ],
})

tester.run('no-vague-file-name', noVagueFileName, {
  valid: [
    { code: '', filename: 'src/allocate.ts' },
    { code: '', filename: 'src/column-types.ts' },
    { code: '', filename: 'src/database.ts' },
  ],
  invalid: ['utils.ts', 'date-utils.ts', 'helpers.ts', 'common.ts', 'types.ts'].map(file => ({ code: 'x', filename: `src/${file}`, errors: 1 })),
})

tester.run('core-takes-ports', coreTakesPorts, {
  valid: ['clock.now()', 'new Date(0)', 'Math.max(1, 2)', 'process.pid', 'Temporal.Instant.from(text)'],
  invalid: [
    { code: 'const start = Date.now()', errors: 1 },
    { code: 'const start = new Date()', errors: 1 },
    { code: 'const start = Temporal.Now.instant()', errors: 1 },
    { code: 'const id = crypto.randomUUID()', errors: 1 },
    { code: 'const jitter = Math.random()', errors: 1 },
    { code: 'const port = process.env.PORT', errors: 1 },
  ],
})
