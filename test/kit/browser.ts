import { existsSync } from 'node:fs'
import packed from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const INSTALLED = ['/usr/bin/google-chrome', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/** Arguments of the packed Chromium that would let every page read from every origin, or end it with its first page. */
const UNWANTED = new Set(['--disable-web-security', '--allow-running-insecure-content', '--disable-site-isolation-trials', '--single-process'])

/** Arguments of the packed Chromium that let the processor play a GPU. */
const EMULATES_GPU = /gpu|--use-gl|--use-angle|swiftshader/

/** How a browser is started. */
export interface BrowserOptions {
  /** Paints without a GPU, and without one that the processor plays, as Chrome does on a machine without a GPU. Defaults to false. */
  readonly isWithoutGpu?: boolean
}

/** Starts a browser: an installed Chrome or Chromium, or else the Chromium that comes from npm, which runs on Linux only. */
export async function startBrowser({ isWithoutGpu = false }: BrowserOptions = {}): Promise<Browser> {
  const added = isWithoutGpu ? ['--disable-gpu'] : []
  const installed = INSTALLED.find(path => existsSync(path))
  if (installed !== undefined) return chromium.launch({ executablePath: installed, args: added })
  const args = packed.args.filter(argument => !UNWANTED.has(argument) && !(isWithoutGpu && EMULATES_GPU.test(argument)))
  return chromium.launch({ executablePath: await packed.executablePath(), args: [...args, ...added] })
}
