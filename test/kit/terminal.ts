import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { eventually } from './eventually.ts'
import { programArguments } from './programs.ts'

/** A command that runs in a terminal. */
export interface TerminalSession {
  /** Everything on the screen so far: output and typed text. */
  screen(): string
  /** Waits until a text is on the screen. */
  sees(text: string): Promise<void>
  /** Types. Ctrl-C is "\x03", Ctrl-D "\x04", and a line ends with "\r". */
  type(keys: string): void
  /** Resolves to the exit code. */
  ended(): Promise<number | null>
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Runs `npm run tollgate -- <args>`, without npm, in a pseudoterminal of `script`, which Linux and macOS have. */
export function runInTerminal(args: readonly string[], environment: Readonly<Record<string, string>>): TerminalSession {
  const command = [process.execPath, ...programArguments('cli/main.ts'), ...args]
  const quoted = command.map(word => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
  const inTerminal = process.platform === 'darwin' ? ['-q', '/dev/null', ...command] : ['-qefc', quoted, '/dev/null']
  const { PATH, HOME, TMPDIR } = process.env
  const child = spawn('script', inTerminal, { cwd: ROOT, env: { PATH, HOME, TMPDIR, ...environment }, stdio: ['pipe', 'pipe', 'inherit'] })
  let screen = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (screen += chunk))
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null)
  return {
    screen: () => screen,
    sees: async text => void (await eventually(`"${text}" is on the screen`, () => screen.includes(text))),
    type: keys => void child.stdin.write(keys),
    ended: () => ended,
  }
}
