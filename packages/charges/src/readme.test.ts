import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

it('the example of charges in the README runs with node alone, and prints what is said', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const [, section = ''] = readme.split('\n## Charges\n')
  const program = /```js\n(.*?)```/s.exec(section)?.[1] ?? ''
  const said = /```text\n(.*?)```/s.exec(section)?.[1]
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  expect(execFileSync(process.execPath, ['--conditions=source', '--input-type=module', '--eval', program], { cwd, encoding: 'utf8' })).toBe(said)
})
