/// <reference lib="dom" />
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { startBrowser } from '../test/kit/browser.ts'
import { type Benchmark, compare } from './benchmark.ts'
import { type Answer, type Browser, firstLoadKilobytes, type Page, serveDashboard } from './kit/served-dashboard.ts'

const POINTS = 10_000
const REDRAWS = 30
const EVENTS = 100_000
const WHEEL = 5_000
const FIRST = Date.parse('2025-01-01T00:00:00Z')
const HOUR_MS = 3_600_000

/** What the page may take: a frame for a chart, no long task while a table scrolls, and the size of the first load. */
const LIMITS = { drawMs: 16, taskMs: 50, kilobytes: 200 } as const

/** The dashboard in a browser, with answers that are made up: a chart of 10,000 points, a table of 100,000 events, and the first load. */
export const dashboard: Benchmark = {
  name: 'dashboard',
  async run() {
    execFileSync(process.execPath, [fileURLToPath(new URL('../scripts/build-dashboard.mjs', import.meta.url))])
    const browser = await startBrowser({ isWithoutGpu: true })
    try {
      const { script, task } = await drawMilliseconds(browser)
      const longest = await longestTaskOfScrolling(browser)
      const limit = { atMost: 1 }
      return [
        compare({ name: 'JavaScript to draw a chart of 10,000 points / a frame', ours: script, peer: LIMITS.drawMs, unit: 'ms', aim: limit }),
        compare({ name: 'the same with the work of the browser, without a GPU / a frame', ours: task, peer: LIMITS.drawMs, unit: 'ms', aim: limit }),
        compare({ name: 'longest task while 100,000 events scroll / a long task', ours: longest, peer: LIMITS.taskMs, unit: 'ms', aim: limit }),
        compare({
          name: 'JavaScript of the first load, compressed / its limit',
          ours: await firstLoadKilobytes(),
          peer: LIMITS.kilobytes,
          unit: 'kB',
          aim: limit,
        }),
      ]
    } finally {
      await browser.close()
    }
  },
}

const MEASURES = { calls: 120, successes: 118, errorRate: 0.02, cost: '1.25', charge: '1.75', currency: 'USD', unpricedCalls: 0 }

const viewer: Answer = () => ({
  viewer: { kind: 'OPERATOR', scopes: ['usage:read', 'costs:read', 'tenants:read'], customerId: null, tenant: null },
})
const noTenants: Answer = () => ({ tenants: { nodes: [], pageInfo: { hasNextPage: false } } })

/** Returns how long the page works to draw the chart once: its JavaScript with the calls of the canvas, and all tasks of the main thread. */
async function drawMilliseconds(browser: Browser): Promise<{ readonly script: number; readonly task: number }> {
  const page = await browser.newPage({ viewport: { width: 1_280, height: 900 }, locale: 'en-US' })
  const series = Array.from({ length: POINTS }, (_, at) => {
    // Slow waves, and as much noise: no two points of a pixel are alike.
    const wave = 2 + Math.sin(at / 500) + Math.sin(at * at)
    const start = new Date(FIRST + at * HOUR_MS).toISOString()
    return { start, measures: { ...MEASURES, cost: String(wave), tokens: { total: at }, latencyMs: { p95: 800 + wave } } }
  })
  const totals = { ...MEASURES, tokens: { total: 1 }, latencyMs: { p95: 900 } }
  const origin = await serveDashboard(page, {
    Viewer: viewer,
    TenantChoices: noTenants,
    UsageGroups: () => ({ usage: { from: series[0]?.start, to: series.at(-1)?.start, totals } }),
    UsageTotals: () => ({ usage: { series } }),
  })
  await page.goto(`${origin}/explore?by=NOTHING&granularity=HOUR`)
  await page.locator('main canvas').waitFor()
  await settle(page)
  const client = await page.context().newCDPSession(page)
  await client.send('Performance.enable')
  const worked = async () => {
    const { metrics } = await client.send('Performance.getMetrics')
    const millisecondsOf = (metric: string) => (metrics.find(({ name }) => name === metric)?.value ?? 0) * 1_000
    return { script: millisecondsOf('ScriptDuration'), task: millisecondsOf('TaskDuration') }
  }
  await redraw(page, 3)
  const before = await worked()
  await redraw(page, REDRAWS)
  const after = await worked()
  await page.close()
  return { script: (after.script - before.script) / REDRAWS, task: (after.task - before.task) / REDRAWS }
}

/** Waits until the browser has put away the page before this one, and what it needed to load. */
async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(2_000)
}

/** Draws the chart again, as a change of the theme does, and waits each time until it is on the screen. */
async function redraw(page: Page, times: number): Promise<void> {
  await page.evaluate(async count => {
    for (let time = 0; time < count; time += 1) {
      const before = document.querySelector('main canvas')
      dispatchEvent(new Event('themechange'))
      do await new Promise(requestAnimationFrame)
      while (document.querySelector('main canvas') === before)
      await new Promise(requestAnimationFrame)
    }
  }, times)
}

/** Scrolls through all events with the wheel, page after page as they arrive, and back. Returns the longest task of it; 0 if none took 50 ms. */
async function longestTaskOfScrolling(browser: Browser): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1_280, height: 900 }, locale: 'en-US' })
  const origin = await serveDashboard(page, {
    Viewer: viewer,
    TenantChoices: noTenants,
    EventRange: () => ({ usage: { from: '2026-01-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' } }),
    Events: ({ first = 0, after }) => eventsAfter(Number(after ?? 0), first),
  })
  await page.goto(`${origin}/events`)
  const list = page.getByRole('region', { name: 'Usage events' })
  await list.waitFor()
  await settle(page)
  await list.evaluate(() => {
    const observed = globalThis as unknown as { longest: number }
    observed.longest = 0
    new PerformanceObserver(entries => {
      for (const { duration } of entries.getEntries()) observed.longest = Math.max(observed.longest, duration)
    }).observe({ type: 'longtask' })
  })
  await list.hover()
  // Faster than a hand: each turn of the wheel is eight screens. To the end of the log, while it loads, and back through all rows.
  const isAtEnd = () => list.getByText(`All ${EVENTS.toLocaleString('en-US')} events`).isVisible()
  for (let turn = 1; turn % 20 !== 0 || !(await isAtEnd()); turn += 1) await page.mouse.wheel(0, WHEEL)
  const isAtStart = () => list.evaluate(({ scrollTop }) => scrollTop === 0)
  for (let turn = 1; turn % 20 !== 0 || !(await isAtStart()); turn += 1) await page.mouse.wheel(0, -WHEEL)
  await page.waitForTimeout(200)
  const longest = await page.evaluate(() => (globalThis as unknown as { longest: number }).longest)
  await page.close()
  return longest
}

function eventsAfter(from: number, first: number): object {
  const to = Math.min(EVENTS, from + first)
  const nodes = Array.from({ length: to - from }, (_, offset) => {
    const at = from + offset
    return {
      id: `evt_${at}`,
      occurredAt: new Date(FIRST - at * 1_000).toISOString(),
      operation: 'chat_message',
      status: at % 20 === 0 ? 'FAILURE' : 'SUCCESS',
      provider: 'openai',
      model: 'gpt-4o',
      cost: '0.0123',
      pricingState: 'PRICED',
      latencyMs: 400 + (at % 900),
      tenant: { id: 'acme', name: 'Acme' },
      tokens: { total: 1_500 + at },
      metadata: { customerId: `customer-${at % 100}`, featureId: 'chat' },
    }
  })
  return { usageEvents: { nodes, pageInfo: { hasNextPage: to < EVENTS, endCursor: String(to) } } }
}
