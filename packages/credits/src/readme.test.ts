import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

it('the example in the README runs with plain Node and prints what the README says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const program = /```js\n(.*?)```/s.exec(readme)?.[1] ?? ''
  const output = /```text\n(.*?)```/s.exec(readme)?.[1]
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  expect(execFileSync(process.execPath, ['--conditions=source', '--input-type=module', '--eval', program], { cwd, encoding: 'utf8' })).toBe(output)
})
