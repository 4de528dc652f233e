import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { startBrowser } from '../kit/browser.ts'
import { OPERATOR_KEY, startServer } from '../kit/server-process.ts'

const HELP = `
npm run screenshots [-- --all] [-- --to DIRECTORY]

Takes the screenshots of the documentation on the data of the demo: starts a server and a browser of its own.

  --all  every page, in both themes and on a phone, to be looked at
  --to   directory to write to; defaults to docs/images
`

/** The pictures that the documentation shows. */
const SHOWN = [
  { name: 'overview', path: 'overview', theme: 'light' },
  { name: 'explore', path: 'explore', theme: 'dark' },
] as const

const DESKTOP = { width: 1_280, height: 800 }
const PHONE = { width: 390, height: 800 }

const { values } = parseArgs({
  options: { all: { type: 'boolean', default: false }, to: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
})
if (values.help) process.stdout.write(HELP)
else await takeScreenshots()

async function takeScreenshots(): Promise<void> {
  const to = values.to ?? fileURLToPath(new URL('../../docs/images', import.meta.url))
  await mkdir(to, { recursive: true })
  const directory = await mkdtemp(join(tmpdir(), 'tollgate-screenshots-'))
  await using undo = new AsyncDisposableStack()
  undo.defer(() => rm(directory, { recursive: true, force: true }))
  const server = await startServer({ environment: { TOLLGATE_DATA_DIR: directory, TOLLGATE_DASHBOARD: '1' }, args: ['--demo'] })
  undo.defer(async () => void (await server.stop()))
  const browser = await startBrowser()
  undo.defer(() => browser.close())
  const page = await browser.newPage({ viewport: DESKTOP, locale: 'en-US' })
  await page.goto(server.url)
  await page.getByLabel('Key').fill(OPERATOR_KEY)
  await page.getByRole('button', { name: 'Sign in' }).click()
  const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link')
  await links.first().waitFor()

  const { tenants } = await server.api.ask('{ tenants(first: 1) { nodes { id } } }')
  const shown = values.all ? everyPage(tenants.nodes[0].id, await links.evaluateAll(all => all.map(link => link.getAttribute('href') ?? ''))) : SHOWN
  for (const { name, path, theme, size = DESKTOP } of shown as readonly Shot[]) {
    await page.setViewportSize(size)
    await page.goto(`${server.url}/${path}`)
    await page.evaluate(chosen => sessionStorage.setItem('tollgate.theme', chosen), theme)
    await page.reload()
    await settled(page)
    await page.screenshot({ path: join(to, `${name}.png`), fullPage: values.all })
    process.stdout.write(`${join(to, `${name}.png`)}\n`)
  }
}

interface Shot {
  readonly name: string
  readonly path: string
  readonly theme: 'light' | 'dark'
  readonly size?: { readonly width: number; readonly height: number }
}

/** Each page for the first tenant of the demo, in both themes and on a phone. */
function everyPage(tenantId: string, hrefs: readonly string[]): Shot[] {
  return hrefs.flatMap(href => {
    const name = href.replace(/^\//, '').replace(/\?.*/, '')
    const path = `${name}?tenant=${tenantId}`
    return [
      { name: `${name}-light`, path, theme: 'light' as const },
      { name: `${name}-dark`, path, theme: 'dark' as const },
      { name: `${name}-phone`, path, theme: 'light' as const, size: PHONE },
    ]
  })
}

async function settled(page: Page): Promise<void> {
  await page.locator('main h1').waitFor()
  await page.waitForLoadState('networkidle')
}
