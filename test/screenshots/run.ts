import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Browser } from 'playwright-core'
import { startBrowser } from '../kit/browser.ts'
import { type ServerProcess, startServer } from '../kit/server-process.ts'
import { addExtremes, EXTREME_TENANT } from './extremes.ts'
import { LOOKS, type Look } from './looks.ts'
import { DEMO_TENANT, everyPage, pagesOf, type Shot } from './shots.ts'
import { failEverything, hangEverything, openSession, settled } from './session.ts'

const HELP = `
npm run screenshots [-- --all] [-- --to DIRECTORY]

Takes the screenshots of the documentation on the data of the demo: starts servers and a browser of its own.

  --all  every page, in both themes and on a phone, to be looked at: with the data of the demo, with long names and large
         numbers, without data, while it loads, and when the server answers with errors
  --to   directory to write to; defaults to docs/images
`

/** The pictures that the documentation shows. */
const SHOWN = [
  { name: 'overview', path: 'overview', look: LOOKS.light },
  { name: 'explore', path: 'explore', look: LOOKS.dark },
] as const

const { values } = parseArgs({
  options: { all: { type: 'boolean', default: false }, to: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
})
if (values.help) process.stdout.write(HELP)
else await takeScreenshots(values.to ?? fileURLToPath(new URL('../../docs/images', import.meta.url)))

async function takeScreenshots(to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  await using undo = new AsyncDisposableStack()
  const browser = await startBrowser()
  undo.defer(() => browser.close())
  const demo = await startOwnServer(undo, ['--demo'])
  if (!values.all) {
    for (const { name, path, look } of SHOWN) await take({ browser, server: demo, look, to }, [{ name, path }])
    return
  }
  const empty = await startOwnServer(undo)
  await empty.api.ask('mutation { createTenant(input: { id: "empty", name: "Nothing yet" }) { __typename } }')
  await addExtremes(demo.api)
  const { light, dark, phone } = LOOKS
  for (const look of [light, dark, phone]) await take({ browser, server: demo, look, to }, await everyPage(demo.api, DEMO_TENANT))
  for (const look of [light, phone]) await take({ browser, server: demo, look, to, state: 'extreme' }, await pagesOf(demo.api, EXTREME_TENANT))
  for (const look of [light, phone]) await take({ browser, server: empty, look, to, state: 'empty' }, await pagesOf(empty.api, 'empty'))
  for (const look of [dark, phone]) await take({ browser, server: demo, look, to, state: 'error' }, await pagesOf(demo.api, DEMO_TENANT))
  await take({ browser, server: demo, look: dark, to, state: 'loading' }, await pagesOf(demo.api, DEMO_TENANT))
}

async function startOwnServer(undo: AsyncDisposableStack, args: readonly string[] = []): Promise<ServerProcess> {
  const directory = await mkdtemp(join(tmpdir(), 'tollgate-screenshots-'))
  undo.defer(() => rm(directory, { recursive: true, force: true }))
  const server = await startServer({ environment: { TOLLGATE_DATA_DIR: directory, TOLLGATE_DASHBOARD: '1' }, args })
  undo.defer(async () => void (await server.stop()))
  return server
}

interface Place {
  readonly browser: Browser
  readonly server: ServerProcess
  readonly look: Look
  readonly to: string
  /** What the pages show instead of the data of the demo. */
  readonly state?: 'extreme' | 'empty' | 'loading' | 'error'
}

/** Takes pictures in a browser session of its own, which asks the server for nothing before a page is open. */
async function take({ browser, server, look, to, state }: Place, shots: readonly Shot[]): Promise<void> {
  await using session = await openSession(browser, server.url, look)
  const { page } = session
  if (state === 'loading') await hangEverything(page)
  if (state === 'error') await failEverything(page)
  for (const { name, path } of shots) {
    await page.goto(`${server.url}/${path}`)
    await settled(page, state === 'loading')
    const file = join(to, [name, ...(values.all ? [...(state === undefined ? [] : [state]), look.name] : [])].join('-'))
    await page.screenshot({ path: `${file}.png`, fullPage: values.all })
    process.stdout.write(`${file}.png\n`)
  }
}
