/** A decimal number: `digits` divided by 10 to the power of `scale`. */
interface Scaled {
  readonly digits: bigint
  readonly scale: number
}

const DECIMAL = /^(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i

/**
 * Returns a JSON number or a decimal as text, without an exponent: 1e-7 is "0.0000001". The shortest decimal that reads back
 * as the same number is what the provider wrote. Undefined if the value is negative or anything else.
 */
export function decimalText(value: unknown): string | undefined {
  const scaled = parse(value)
  return scaled && format(scaled)
}

/** Returns the sum of two numbers, exactly. Undefined if one of them is none. */
export function addDecimals(a: unknown, b: unknown): string | undefined {
  const [left, right] = [parse(a), parse(b)]
  if (!left || !right) return undefined
  const scale = Math.max(left.scale, right.scale)
  return format({ digits: rescale(left, scale) + rescale(right, scale), scale })
}

/** Returns a number divided by 10 to the power of `places`, exactly. Undefined if it is none. */
export function shiftDecimal(value: unknown, places: number): string | undefined {
  const scaled = parse(value)
  return scaled && format({ digits: scaled.digits, scale: scaled.scale + places })
}

function parse(value: unknown): Scaled | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  const match = DECIMAL.exec(String(value))
  if (!match) return undefined
  const [, whole = '', fraction = '', exponent = '0'] = match
  const scale = fraction.length - Number(exponent)
  const digits = BigInt(whole + fraction)
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 }
}

function rescale({ digits, scale }: Scaled, to: number): bigint {
  return digits * 10n ** BigInt(to - scale)
}

function format({ digits, scale }: Scaled): string {
  const text = String(digits).padStart(scale + 1, '0')
  const fraction = scale === 0 ? '' : text.slice(-scale).replace(/0+$/, '')
  const whole = scale === 0 ? text : text.slice(0, -scale)
  return fraction === '' ? whole : `${whole}.${fraction}`
}
