import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { expect, inject, it } from 'vitest'

const PACKAGE = new URL('..', import.meta.url)
const README = await readFile(new URL('README.md', PACKAGE), 'utf8')

it('runs the example in the README, which prints what its comments say', async () => {
  const example = /```ts\n(.*?)```/s.exec(README)?.[1] ?? ''
  const expected = [...example.matchAll(/^console\.log\(.*\) \/\/ (.*)$/gm)].map(match => match[1])
  expect(expected).toHaveLength(2)
  const url = await createEmptyDatabase()
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=source', '--input-type=module-typescript', '--eval', example], {
    cwd: PACKAGE,
    env: { ...process.env, DATABASE_URL: url },
  })
  expect(stdout.trim().split('\n')).toEqual(expected)
})

it('names only tests that exist in the invariants of the README', async () => {
  const files = (await readdir(new URL('src', PACKAGE), { recursive: true })).filter(name => name.endsWith('.test.ts'))
  const tests = (await Promise.all(files.map(name => readFile(new URL(`src/${name}`, PACKAGE), 'utf8')))).join('\n')
  const invariants = /## Invariants\n(.*?)\n## /s.exec(README)?.[1] ?? ''
  const named = [...invariants.matchAll(/\*([^*]+)\*/g)].map(match => match[1] ?? '')
  expect(named.length).toBeGreaterThan(0)
  expect(named.filter(title => !tests.includes(`'${title}'`))).toEqual([])
})

async function createEmptyDatabase(): Promise<string> {
  const url = new URL(inject('postgresUrl'))
  const admin = new Client({ connectionString: url.href })
  await admin.connect()
  await admin.query('create database readme_example')
  await admin.end()
  return Object.assign(url, { pathname: '/readme_example' }).href
}
