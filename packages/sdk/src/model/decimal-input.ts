/** A decimal: text, a Decimal or a number. A number stands for the decimal that JavaScript prints; use text for more digits than it keeps. */
export type DecimalInput = string | number | { toFixed(): string }
