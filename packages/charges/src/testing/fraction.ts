/** An exact fraction of whole numbers, in lowest terms: with no digits to run out of. What slow references are written with. */
export interface Fraction {
  readonly over: bigint
  /** More than 0. */
  readonly under: bigint
}

/** A fraction of a plain numeral: "-0.25". */
export function fraction(numeral: string | number | bigint): Fraction {
  const [whole = '0', digits = ''] = String(numeral).split('.')
  return reduce(BigInt(whole + digits), 10n ** BigInt(digits.length))
}

/** The sum. */
export function plus(one: Fraction, other: Fraction): Fraction {
  return reduce(one.over * other.under + other.over * one.under, one.under * other.under)
}

/** The difference. */
export function minus(one: Fraction, other: Fraction): Fraction {
  return plus(one, { over: -other.over, under: other.under })
}

/** The product. */
export function times(one: Fraction, other: Fraction): Fraction {
  return reduce(one.over * other.over, one.under * other.under)
}

/** The lowest. */
export function lowest(...some: readonly [Fraction, ...Fraction[]]): Fraction {
  return some.reduce((one, other) => (isLess(other, one) ? other : one))
}

/** The highest. */
export function highest(...some: readonly [Fraction, ...Fraction[]]): Fraction {
  return some.reduce((one, other) => (isLess(one, other) ? other : one))
}

/** Whether one is less than the other. */
export function isLess(one: Fraction, other: Fraction): boolean {
  return one.over * other.under < other.over * one.under
}

/** The whole number at it or below it. */
export function floor({ over, under }: Fraction): bigint {
  return over >= 0n ? over / under : -((-over + under - 1n) / under)
}

/** The numeral of a fraction whose denominator divides a power of ten up to 10^60; throws for another. */
export function toNumeral({ over, under }: Fraction): string {
  const scale = 60n
  const digits = over * 10n ** scale
  if (digits % under !== 0n) throw new RangeError(`${over}/${under} has no numeral`)
  const text = (digits / under < 0n ? -(digits / under) : digits / under).toString().padStart(Number(scale) + 1, '0')
  const decimals = text.slice(-Number(scale)).replace(/0+$/, '')
  return `${over < 0n ? '-' : ''}${text.slice(0, -Number(scale))}${decimals && `.${decimals}`}`
}

function reduce(over: bigint, under: bigint): Fraction {
  let [a, b] = [over < 0n ? -over : over, under]
  while (b !== 0n) [a, b] = [b, a % b]
  return a === 0n ? { over: 0n, under: 1n } : { over: over / a, under: under / a }
}
