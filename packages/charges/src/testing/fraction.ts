/** An exact fraction in lowest terms, for reference implementations in tests. */
export interface Fraction {
  readonly over: bigint
  /** More than 0. */
  readonly under: bigint
}

/** Returns the fraction of a numeral such as "-0.25". */
export function fraction(numeral: string | number | bigint): Fraction {
  const [whole = '0', digits = ''] = String(numeral).split('.')
  return reduce(BigInt(whole + digits), 10n ** BigInt(digits.length))
}

/** Adds two fractions. */
export function plus(one: Fraction, other: Fraction): Fraction {
  return reduce(one.over * other.under + other.over * one.under, one.under * other.under)
}

/** Subtracts a fraction. */
export function minus(one: Fraction, other: Fraction): Fraction {
  return plus(one, { over: -other.over, under: other.under })
}

/** Multiplies two fractions. */
export function times(one: Fraction, other: Fraction): Fraction {
  return reduce(one.over * other.over, one.under * other.under)
}

/** Returns the lowest fraction. */
export function lowest(...some: readonly [Fraction, ...Fraction[]]): Fraction {
  return some.reduce((one, other) => (isLess(other, one) ? other : one))
}

/** Returns the highest fraction. */
export function highest(...some: readonly [Fraction, ...Fraction[]]): Fraction {
  return some.reduce((one, other) => (isLess(one, other) ? other : one))
}

/** Whether one is less than the other. */
export function isLess(one: Fraction, other: Fraction): boolean {
  return one.over * other.under < other.over * one.under
}

/** Returns the largest integer that is not above it. */
export function floor({ over, under }: Fraction): bigint {
  return over >= 0n ? over / under : -((-over + under - 1n) / under)
}

/** Returns the numeral of a fraction whose denominator divides 10^60. Throws for any other. */
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
