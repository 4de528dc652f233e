import { keepCompiledCode } from './process/compiled-code.ts'

keepCompiledCode()
const { runServer } = await import('./process/run-server.ts')

process.stdout.on('error', () => {}) // The reader has closed the pipe; the server goes on.
process.exitCode = await runServer(process.argv.slice(2))
// Everything has stopped. Exit even if a library has left a timer or socket open.
process.exit()
