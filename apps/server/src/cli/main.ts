import { keepCompiledCode } from '../process/compiled-code.ts'

keepCompiledCode()
const { runProgram } = await import('./program.ts')

process.stdout.on('error', () => {}) // The reader, such as `head`, has closed the pipe.
process.exitCode = await runProgram(process.argv.slice(2))
