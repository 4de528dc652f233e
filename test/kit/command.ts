import { spawnProgram } from './server-process.ts'

/** What a command left behind. */
export interface CommandResult {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `npm run tollgate -- <args>`, without npm, and waits for its end. */
export async function runCommand(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<CommandResult> {
  const command = spawnProgram('cli/main.ts', { args, environment })
  const exitCode = await command.ended()
  return { exitCode, stdout: command.stdout(), stderr: command.stderr() }
}
