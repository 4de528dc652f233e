/** A decimal. Use text for amounts with more digits than a number keeps. */
export type DecimalInput = string | number
