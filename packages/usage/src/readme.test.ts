import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const PACKAGE = new URL('..', import.meta.url)

it('the example of the README prints what it says', async () => {
  const readme = await readFile(new URL('README.md', PACKAGE), 'utf8')
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? ''
  const promised = [...example.matchAll(/^console\.log\(.*\) \/\/ (.*)$/gm)].map(match => match[1])
  expect(promised).toHaveLength(6)
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=source', '--input-type=module-typescript', '--eval', example], { cwd: PACKAGE })
  expect(stdout.trim().split('\n')).toEqual(promised)
})
