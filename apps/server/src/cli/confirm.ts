import { createInterface } from 'node:readline/promises'
import { note } from './print.ts'

/** What keeps a command that writes from asking. */
export interface ConfirmOptions {
  /** Ask nobody, write nothing. */
  readonly dryRun?: boolean | undefined
  /** Ask nobody, write. */
  readonly yes?: boolean | undefined
}

/** Whether to write what was shown. Asks a person; where there is none to ask, only `--yes` is a yes. */
export async function confirm(question: string, { dryRun, yes }: ConfirmOptions): Promise<boolean> {
  if (dryRun) return false
  if (yes) return true
  if (!process.stdin.isTTY) {
    note('To go on, say --yes.')
    return false
  }
  using terminal = createInterface({ input: process.stdin, output: process.stderr })
  // At a prompt, Ctrl-C comes as a key; it ends the command as everywhere else.
  terminal.once('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  // A terminal that is closed, by Ctrl-D or with its window, answers nothing: that is no.
  const closed = new Promise<string>(resolve => terminal.once('close', () => resolve('')))
  return /^y(es)?$/i.test((await Promise.race([terminal.question(`${question} (y/N) `), closed])).trim())
}
