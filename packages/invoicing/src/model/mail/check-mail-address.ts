/** Maximum length of an address (RFC 5321). */
const MAX_ADDRESS_LENGTH = 254
const ADDRESS = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,189}\.[^\s@<>,;:"()[\]\\.]{2,63}$/u

/** Whether the text is one e-mail address, without a name. */
export function isMailAddress(text: string): boolean {
  return text.length <= MAX_ADDRESS_LENGTH && ADDRESS.test(text)
}
