import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const PACKAGE = new URL('..', import.meta.url)
const README = new URL('README.md', PACKAGE)
const GUIDE = new URL('../../docs/guides/metering.md', PACKAGE)

it.each([
  { name: 'README', document: README, lines: 6 },
  { name: 'guide to metering', document: GUIDE, lines: 4 },
])('runs the example in the $name, which prints what its comments say', async ({ document, lines }) => {
  const example = /```ts\n(.*?)```/s.exec(await readFile(document, 'utf8'))?.[1] ?? ''
  const expected = [...example.matchAll(/^console\.log\(.*\) \/\/ (.*)$/gm)].map(match => match[1])
  expect(expected).toHaveLength(lines)
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=source', '--input-type=module-typescript', '--eval', example], { cwd: PACKAGE })
  expect(stdout.trim().split('\n')).toEqual(expected)
})

it('names only tests that exist in the invariants of the README', async () => {
  const invariants = /## Invariants\n(.*?)\n## /s.exec(await readFile(README, 'utf8'))?.[1] ?? ''
  const named = [...invariants.matchAll(/\*([^*]+)\*/g)].map(match => match[1] ?? '')
  expect(named.length).toBeGreaterThan(0)
  const files = (await readdir(new URL('src', PACKAGE), { recursive: true })).filter(name => name.endsWith('.ts'))
  const tests = (await Promise.all(files.map(name => readFile(new URL(`src/${name}`, PACKAGE), 'utf8')))).join('\n')
  expect(named.filter(title => !tests.includes(`'${title}'`))).toEqual([])
})
