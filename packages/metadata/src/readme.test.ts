import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

it.each(['../README.md', '../../../docs/guides/attribution.md'])('the example in %s prints what the page says', page => {
  const text = readFileSync(new URL(page, import.meta.url), 'utf8')
  const program = /```js\n(.*?)```/s.exec(text)?.[1] ?? ''
  const output = /```text\n(.*?)```/s.exec(text)?.[1]
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  expect(execFileSync(process.execPath, ['--conditions=source', '--input-type=module', '--eval', program], { cwd, encoding: 'utf8' })).toBe(output)
})
