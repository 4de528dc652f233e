// Loaded with `--import` into a server process, to shift its clock as if it were the clock of its machine: all of `Date`
// and `Temporal.Now`, from the start on or from the signal SIGUSR2 on. `performance.now` stays as it is.
import { shiftedProcess } from './shifted-process.ts'

const { shiftMs, shiftOnSignalMs } = shiftedProcess(process.env)
let shift = shiftMs
process.on('SIGUSR2', () => {
  shift = shiftOnSignalMs
})

const now = Date.now.bind(Date)
const instant = Temporal.Now.instant.bind(Temporal.Now)
Date.now = () => now() + shift
Temporal.Now.instant = () => instant().add({ milliseconds: shift })
globalThis.Date = new Proxy(Date, {
  construct: (target, args: unknown[], newTarget) => Reflect.construct(target, args.length === 0 ? [Date.now()] : args, newTarget) as Date,
})
