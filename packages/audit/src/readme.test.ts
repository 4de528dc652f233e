import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const PACKAGE = new URL('..', import.meta.url)
const readme = readFileSync(new URL('README.md', PACKAGE), 'utf8')

it('the example in the README runs with plain Node and prints what the README says', () => {
  const program = /```js\n(.*?)```/s.exec(readme)?.[1] ?? ''
  const output = /```text\n(.*?)```/s.exec(readme)?.[1]
  const cwd = fileURLToPath(PACKAGE)
  expect(execFileSync(process.execPath, ['--conditions=source', '--input-type=module', '--eval', program], { cwd, encoding: 'utf8' })).toBe(output)
})

it('the invariants of the README name only tests that exist', () => {
  const invariants = /## Invariants\n(.*?)\n## /s.exec(readme)?.[1] ?? ''
  const named = [...invariants.matchAll(/\*([^*]+)\*/g)].map(match => match[1] ?? '')
  expect(named.length).toBeGreaterThan(0)
  const files = readdirSync(new URL('src', PACKAGE), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))
  const tests = files.map(name => readFileSync(new URL(`src/${name}`, PACKAGE), 'utf8')).join('\n')
  expect(named.filter(title => !tests.includes(`'${title}'`))).toEqual([])
})
