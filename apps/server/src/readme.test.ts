import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')
const README = join(ROOT, 'apps/server/README.md')

it('names tests that exist', async () => {
  const readme = await readFile(README, 'utf8')
  const [, invariants = ''] = /^## Invariants$(.*?)^## /ms.exec(readme) ?? []
  const named = [...invariants.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title)
  expect(named.length).toBeGreaterThan(20)
  const files = globSync(['apps/server/src/**/*.test.ts', 'test/journeys/*.test.ts'], { cwd: ROOT })
  const tests = await Promise.all(files.filter(file => !file.endsWith('readme.test.ts')).map(file => readFile(join(ROOT, file), 'utf8')))
  const text = tests.join('\n')
  expect(named.filter(title => !text.includes(`'${title}'`) && !text.includes(`"${title}"`))).toEqual([])
})

it('has at most 900 words', async () => {
  expect((await readFile(README, 'utf8')).split(/\s+/).filter(word => /\w/.test(word)).length).toBeLessThanOrEqual(900)
})
