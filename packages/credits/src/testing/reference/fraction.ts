/** An exact fraction, without the limits and rounding of decimals. */
export class Fraction {
  static readonly ZERO = new Fraction(0n, 1n)

  readonly #numerator: bigint
  readonly #denominator: bigint

  constructor(numerator: bigint, denominator: bigint) {
    const divisor = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, denominator)
    this.#numerator = numerator / divisor
    this.#denominator = denominator / divisor
  }

  /** Reads a decimal such as "-2.50". */
  static of(text: string): Fraction {
    const [, sign, integer, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
    if (integer === undefined) throw new Error(`${text} is not a decimal.`)
    const numerator = BigInt(integer + fraction)
    return new Fraction(sign === '-' ? -numerator : numerator, 10n ** BigInt(fraction.length))
  }

  plus(other: Fraction): Fraction {
    return new Fraction(this.#numerator * other.#denominator + other.#numerator * this.#denominator, this.#denominator * other.#denominator)
  }

  minus(other: Fraction): Fraction {
    return this.plus(other.times(new Fraction(-1n, 1n)))
  }

  times(other: Fraction): Fraction {
    return new Fraction(this.#numerator * other.#numerator, this.#denominator * other.#denominator)
  }

  get isPositive(): boolean {
    return this.#numerator > 0n
  }

  isMoreThan(other: Fraction): boolean {
    return this.minus(other).isPositive
  }

  /** Returns the decimal without trailing zeros, as `Decimal.toFixed` does. */
  toString(): string {
    let digits = 0
    while ((this.#numerator * 10n ** BigInt(digits)) % this.#denominator !== 0n) digits += 1
    const scaled = (this.#numerator * 10n ** BigInt(digits)) / this.#denominator
    const text = (scaled < 0n ? -scaled : scaled).toString().padStart(digits + 1, '0')
    const point = text.length - digits
    return `${scaled < 0n ? '-' : ''}${text.slice(0, point)}${digits === 0 ? '' : '.'}${text.slice(point)}`
  }
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  return other === 0n ? one : greatestCommonDivisor(other, one % other)
}

/** Returns the smaller of two fractions. */
export function smallerOf(one: Fraction, other: Fraction): Fraction {
  return one.isMoreThan(other) ? other : one
}

/** Adds fractions. */
export function sumOf(fractions: Iterable<Fraction>): Fraction {
  let sum = Fraction.ZERO
  for (const fraction of fractions) sum = sum.plus(fraction)
  return sum
}
