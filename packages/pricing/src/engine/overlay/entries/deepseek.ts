import type { ListedOverlayPrice, OverlayEntry, OverlayRates } from '../overlay-entry.ts'

const provider = 'deepseek'
const checkedAt = '2026-11-26'
const PRICING = 'https://api-docs.deepseek.com/quick_start/pricing'

/** 01:00 to 04:00 and 06:00 to 10:00 UTC. Chinese public holidays, which are off-peak too, are not considered. */
const PEAKS = [
  { from: '01:00:00', to: '04:00:00' },
  { from: '06:00:00', to: '10:00:00' },
]
const WORKDAYS = [1, 2, 3, 4, 5]

const PEAKS_BEGAN = '2026-08-16T16:00:00Z'
/** 23 August 2026, 00:00 in Beijing: "weekends are off-peak". */
const WEEKENDS_OFF = '2026-08-22T16:00:00Z'
const FLASH_4_1 = '2026-09-10T04:00:00Z'

/** Prices of a period: off-peak, and peak rates that are twice as high. */
function period(
  interval: { from: string; to?: string },
  offPeak: OverlayRates,
  peak: OverlayRates,
  weekdays?: readonly number[],
): readonly ListedOverlayPrice[] {
  return [{ ...interval, rates: offPeak }, ...PEAKS.map(part => ({ ...interval, timeOfDay: { ...part, ...(weekdays && { weekdays }) }, rates: peak }))]
}

const V4_FLASH = { input: '0.14', output: '0.28', cacheRead: '0.0028' }
const V4_FLASH_OFF_PEAK = { input: '0.22', output: '0.66', cacheRead: '0.007' }
const V4_FLASH_PEAK = { input: '0.44', output: '1.32', cacheRead: '0.014' }
const V4_PRO = { input: '0.435', output: '0.87', cacheRead: '0.003625' }
const V4_PRO_OFF_PEAK = { input: '0.66', output: '1.98', cacheRead: '0.022' }
const V4_PRO_PEAK = { input: '1.32', output: '3.96', cacheRead: '0.044' }
const FLASH_OFF_PEAK = { input: '0.15', output: '0.6', cacheRead: '0.003' }
const FLASH_PEAK = { input: '0.3', output: '1.2', cacheRead: '0.006' }

const v4Flash = [
  ...period({ from: PEAKS_BEGAN, to: WEEKENDS_OFF }, V4_FLASH_OFF_PEAK, V4_FLASH_PEAK),
  ...period({ from: WEEKENDS_OFF, to: FLASH_4_1 }, V4_FLASH_OFF_PEAK, V4_FLASH_PEAK, WORKDAYS),
  ...period({ from: FLASH_4_1 }, FLASH_OFF_PEAK, FLASH_PEAK, WORKDAYS),
]

/** What the names without a version were: V3.1, V3.2, and then aliases of V4 Flash. */
const UNVERSIONED: readonly ListedOverlayPrice[] = [
  { from: '2025-09-05T16:00:00Z', to: '2025-09-29', rates: { input: '0.56', output: '1.68', cacheRead: '0.07' } },
  { from: '2025-09-29', to: '2026-04-24', rates: { input: '0.28', output: '0.42', cacheRead: '0.028' } },
  { from: '2026-04-24', to: PEAKS_BEGAN, rates: V4_FLASH },
  ...v4Flash,
]

export const DEEPSEEK: readonly OverlayEntry[] = [
  {
    provider,
    model: 'deepseek-flash',
    because: 'missing',
    checkedAt,
    source: PRICING,
    prices: period({ from: FLASH_4_1 }, FLASH_OFF_PEAK, FLASH_PEAK, WORKDAYS),
  },
  {
    provider,
    model: 'deepseek-v4-flash',
    because: 'wrong',
    checkedAt,
    source: `${PRICING}: peak prices since 2026-08-16 16:00 UTC, weekends off-peak since 2026-08-23 in Beijing, served and charged as deepseek-flash since 2026-09-10`,
    prices: [{ to: PEAKS_BEGAN, rates: V4_FLASH }, ...v4Flash],
  },
  {
    provider,
    model: 'deepseek-v4-pro',
    because: 'wrong',
    checkedAt,
    source: `${PRICING}: peak prices since 2026-08-16 16:00 UTC, weekends off-peak since 2026-08-23 in Beijing`,
    prices: [
      { to: PEAKS_BEGAN, rates: V4_PRO },
      ...period({ from: PEAKS_BEGAN, to: WEEKENDS_OFF }, V4_PRO_OFF_PEAK, V4_PRO_PEAK),
      ...period({ from: WEEKENDS_OFF }, V4_PRO_OFF_PEAK, V4_PRO_PEAK, WORKDAYS),
    ],
  },
  {
    provider,
    model: 'deepseek-chat',
    because: 'wrong',
    checkedAt,
    source: 'https://api-docs.deepseek.com/news/news250821 (V3.1) and news250929 (V3.2-Exp); models.dev 2026-07-02 (V4 Flash)',
    prices: UNVERSIONED,
  },
  {
    provider,
    model: 'deepseek-reasoner',
    because: 'wrong',
    checkedAt,
    source: 'https://api-docs.deepseek.com/news/news250821 (V3.1) and news250929 (V3.2-Exp); models.dev 2026-07-02 (V4 Flash)',
    prices: UNVERSIONED,
  },
]
