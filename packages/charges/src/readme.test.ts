import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { checkChargeRule } from './index.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

it('the example in the README runs on Node and prints the given output', () => {
  const program = /```js\n(.*?)```/s.exec(readme)?.[1] ?? ''
  const output = /```text\n(.*?)```/s.exec(readme)?.[1]
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  expect(execFileSync(process.execPath, ['--conditions=source', '--input-type=module', '--eval', program], { cwd, encoding: 'utf8' })).toBe(output)
})

it('the README has at most 900 words', () => {
  expect(readme.split(/\s+/).filter(Boolean).length).toBeLessThanOrEqual(900)
})

it('the discount in the guide is valid', () => {
  const guide = readFileSync(new URL('../../../docs/guides/pricing-and-charges.md', import.meta.url), 'utf8')
  const json = /```json\n(.*?)```/s.exec(guide.slice(guide.indexOf('\n## Charges\n')))?.[1] ?? ''
  expect(checkChargeRule({ name: 'night', terms: { kind: 'discount', discount: JSON.parse(json) } })).toMatchObject({ kind: 'discount' })
})
