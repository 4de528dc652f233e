import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { findReplacedPhrases } from './prose/find-replaced-phrases.ts'

/** Files that never change, or that we did not write. */
const EXEMPT = /(?:^|\/)(?:migrations|fixtures)\/|\.csv$|^pnpm-lock\.yaml$|^LICENSE$/

const root = new URL('..', import.meta.url)

// Names every place in the tracked files that has a phrase which we replaced by plain English, and what to write instead.
const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0')
for (const file of files.filter(name => name !== '' && !EXEMPT.test(name))) {
  const text = await readFile(new URL(file, root), 'utf8').catch(() => '') // A file that was deleted, but not yet in git.
  for (const { line, phrase, instead } of findReplacedPhrases(text)) {
    console.error(`${file}:${line}: "${phrase}". Write instead: ${instead}`)
    process.exitCode = 1
  }
}
