import cliProgress from 'cli-progress'

/** Shows the progress of a command in a terminal. Elsewhere it writes nothing. */
export interface Progress extends Disposable {
  update(done: number, total: number, about?: string): void
}

/** Shows a progress bar on stderr: `doing ████░░░░ 12/30 days about`. */
export function showProgress(doing: string, unit: string): Progress {
  const bar = new cliProgress.SingleBar(
    { format: `${doing} {bar} {value}/{total} ${unit} {about}`, stream: process.stderr, hideCursor: true, clearOnComplete: false },
    cliProgress.Presets.shades_classic,
  )
  let started = false
  return {
    update(done, total, about = '') {
      if (!started) bar.start(total, done, { about })
      started = true
      bar.setTotal(total)
      bar.update(done, { about })
    },
    [Symbol.dispose]: () => bar.stop(),
  }
}
