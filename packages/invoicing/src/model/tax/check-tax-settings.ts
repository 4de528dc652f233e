import { type Issue, Temporal } from '@tollgate/kernel'
import { inputShape, readAmount, shapeIssues } from '@tollgate/kernel/input'
import type { TaxBehavior, TaxRounding } from './tax.ts'
import type { TaxRate, TaxRateComponent } from './tax-rate.ts'
import type { TaxSettings } from './tax-settings.ts'

const SETTINGS = inputShape<TaxSettings>({ registrations: 'list', rates: 'list', behavior: 'text', rounding: 'text' })
const RATE = inputShape<TaxRate>({ jurisdiction: 'text', name: 'text', percent: 'amount', components: 'list?', from: 'text|null' })
const COMPONENT = inputShape<TaxRateComponent>({ name: 'text', percent: 'amount' })
const BEHAVIORS: readonly TaxBehavior[] = ['exclusive', 'inclusive']
const ROUNDINGS: readonly TaxRounding[] = ['per_line', 'per_invoice']

/** Returns what is wrong with the fields of tax settings; empty if nothing is. */
export function taxSettingsIssues(settings: TaxSettings): readonly Issue[] {
  const malformed = shapeIssues(SETTINGS, settings, 'tax')
  if (malformed !== undefined) return malformed
  const { registrations, rates, behavior, rounding } = settings
  return [
    ...registrations.flatMap((one: unknown, i) => (typeof one === 'string' ? [] : [{ path: `tax.registrations.${i}`, message: 'must be text' }])),
    ...rates.flatMap((rate, i) => rateIssues(`tax.rates.${i}`, rate)),
    ...(BEHAVIORS.includes(behavior) ? [] : [{ path: 'tax.behavior', message: `must be one of ${BEHAVIORS.join(', ')}` }]),
    ...(ROUNDINGS.includes(rounding) ? [] : [{ path: 'tax.rounding', message: `must be one of ${ROUNDINGS.join(', ')}` }]),
  ]
}

/** Returns the settings with all percentages as text, which they may be given without. They must have no issues. */
export function exactTaxSettings(settings: TaxSettings): TaxSettings {
  return {
    ...settings,
    rates: settings.rates.map(rate => ({
      ...rate,
      percent: textOf(rate.percent),
      ...(rate.components && { components: rate.components.map(component => ({ ...component, percent: textOf(component.percent) })) }),
    })),
  }
}

function textOf(percent: TaxRate['percent']): string {
  return readAmount(percent)?.toFixed() ?? ''
}

function rateIssues(path: string, rate: TaxRate): readonly Issue[] {
  const malformed = shapeIssues(RATE, rate, path)
  if (malformed !== undefined) return malformed
  return [
    ...percentIssues(`${path}.percent`, rate.percent),
    ...(rate.components ?? []).flatMap((component, i) => {
      const at = `${path}.components.${i}`
      return shapeIssues(COMPONENT, component, at) ?? percentIssues(`${at}.percent`, component.percent)
    }),
    ...(rate.from === null || isDay(rate.from) ? [] : [{ path: `${path}.from`, message: 'must be a day, such as "2025-07-01"' }]),
  ]
}

function percentIssues(path: string, percent: TaxRate['percent']): readonly Issue[] {
  const value = readAmount(percent)
  return value === undefined || value.isNegative() || value.gt(100) ? [{ path, message: 'must be a percentage of 0 to 100, such as "8.1"' }] : []
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}
