import { glob, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { expect, it } from 'vitest'
import { createProgram } from './program.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'docs/**/*.md', 'packages/*/README.md', 'apps/*/README.md']
const CALL = /(?:npm run (?:-s )?tollgate --|tollgate\.js)[ \t]+((?:[^\n`\\]|\\\n)+)/g

it('has every command that the guides show, with these options and arguments', async () => {
  const shown = await documentedCommands()
  expect(shown.length).toBeGreaterThan(80)
  const program = await createProgram()
  let found = 0
  disarm(program, () => void (found += 1))
  const wrong: string[] = []
  for (const { document, words } of shown) {
    const before = found
    const error = await program.parseAsync(words, { from: 'user' }).then(
      () => undefined,
      (thrown: unknown) => thrown as { code?: string; message: string },
    )
    // The id of an example may be shortened: inv_acme:…
    const isShortened = error?.code === 'commander.invalidArgument' && error.message.includes('…')
    if (found === before && !isShortened && !words.includes('--help')) wrong.push(`${document}: ${words.join(' ')}: ${error?.message ?? 'no such command'}`)
  }
  expect(wrong).toEqual([])
})

interface DocumentedCommand {
  readonly document: string
  readonly words: readonly string[]
}

async function documentedCommands(): Promise<readonly DocumentedCommand[]> {
  const found: DocumentedCommand[] = []
  for await (const document of glob(DOCUMENTS, { cwd: ROOT, exclude: ['**/node_modules/**'] })) {
    const text = await readFile(`${ROOT}${document}`, 'utf8')
    for (const [, call = ''] of text.matchAll(CALL)) found.push({ document, words: wordsOf(call) })
  }
  return found
}

/** Splits a line of a shell into words, up to a comment, a pipe or a redirection. */
function wordsOf(call: string): readonly string[] {
  const words = [...call.replaceAll('\\\n', ' ').matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)]
  const end = words.findIndex(([, , , plain]) => plain !== undefined && /^(?:#|[|>&;])/.test(plain))
  return words.slice(0, end === -1 ? undefined : end).map(([, double, single, plain]) => double ?? single ?? plain ?? '')
}

/** Makes each command do nothing but say that it was found. */
function disarm(command: Command, onFound: () => void): void {
  command.configureOutput({ writeErr: () => {}, writeOut: () => {} })
  for (const child of command.commands) disarm(child, onFound)
  if (command.commands.length === 0) command.action(onFound)
}
