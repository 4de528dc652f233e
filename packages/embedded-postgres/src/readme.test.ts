import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it('the example in the README runs and prints what the README says', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  const program = /```js\n(.*?)```/s.exec(readme)?.[1] ?? ''
  const printed = /```text\n(.*?)```/s.exec(readme)?.[1]
  const parent = await mkdtemp(join(tmpdir(), 'embedded-postgres-readme-'))
  await chmod(parent, 0o755)
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=source', '--input-type=module', '--eval', program], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: { ...process.env, DATA_DIRECTORY: join(parent, 'postgres') },
    })
    expect(stdout).toBe(printed)
  } finally {
    await rm(parent, { recursive: true, force: true })
  }
})
