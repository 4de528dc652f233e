import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const PACKAGE = new URL('..', import.meta.url)

it.each([
  { example: 'tracking and reporting', at: 0, lines: 6 },
  { example: 'rating again', at: 1, lines: 4 },
])('the example of $example in the README prints what it says', async ({ at, lines }) => {
  const readme = await readFile(new URL('README.md', PACKAGE), 'utf8')
  const example = [...readme.matchAll(/```ts\n(.*?)```/gs)][at]?.[1] ?? ''
  const promised = [...example.matchAll(/^console\.log\(.*\) \/\/ (.*)$/gm)].map(match => match[1])
  expect(promised).toHaveLength(lines)
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=source', '--input-type=module-typescript', '--eval', example], { cwd: PACKAGE })
  expect(stdout.trim().split('\n')).toEqual(promised)
})
