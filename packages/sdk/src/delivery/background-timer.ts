/** A timer that runs at most once at a time. */
export interface BackgroundTimer {
  /** Starts it, unless it runs. */
  start(delayMs: number, options: { readonly keepsProcessAlive: boolean }): void
  stop(): void
}

/** Creates a stopped timer. In Node.js, a timer that does not keep the process alive lets it end. */
export function createBackgroundTimer(run: () => void): BackgroundTimer {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    start(delayMs, { keepsProcessAlive }) {
      timer ??= setTimeout(() => {
        timer = undefined
        run()
      }, delayMs)
      if (!keepsProcessAlive && typeof timer === 'object') timer.unref()
    },
    stop() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
