import { createPrivateKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { AuditProofRejected, AuditTextInvalid } from '../../model/errors.ts'
import { openCheckpoint, parseCheckpoint, signCheckpoint } from '../checkpoint-text.ts'
import { formatVerifierKey, noteSigner, noteVerifier, parseVerifierKey, publicKeyBytes, readSigningKey } from './note-keys.ts'
import { openNote, signNote } from './signed-note.ts'

/** The example of c2sp.org/signed-note. */
const EXAMPLE_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const EXAMPLE_NOTE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`

/** Private keys from their seeds (RFC 8410). */
const keyOf = (seed: number) =>
  createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, seed)]), format: 'der', type: 'pkcs8' })
const [FIRST, SECOND] = [keyOf(1), keyOf(2)]
const ORIGIN = 'example.com/audit/tenants/acme'
const first = noteSigner(ORIGIN, FIRST)
const second = noteSigner(ORIGIN, SECOND)
const ROOT = Buffer.alloc(32, 7)

describe('a signed note', () => {
  it('of the specification verifies with its key', () => {
    const { name, publicKey } = parseVerifierKey(EXAMPLE_KEY)
    expect(openNote(EXAMPLE_NOTE, [noteVerifier(name, publicKey)]).text).toBe('This is an example message.\n')
    expect(formatVerifierKey(name, publicKey)).toBe(EXAMPLE_KEY)
  })

  it('has the form of the specification', () => {
    const note = signNote('one\n\ntwo\n', [first, second])
    expect(note).toMatch(
      /^one\n\ntwo\n\n\u2014 example\.com\/audit\/tenants\/acme [A-Za-z0-9+/]{91}=\n\u2014 example\.com\/audit\/tenants\/acme [A-Za-z0-9+/]{91}=\n$/,
    )
    expect(openNote(note, [first])).toEqual({ text: 'one\n\ntwo\n', signedBy: [first] })
  })

  it('verifies with either key during a rotation, and afterwards with the retired one', () => {
    const [before, during, after] = [signNote('a\n', [first]), signNote('a\n', [second, first]), signNote('a\n', [second])]
    expect(openNote(during, [first]).signedBy).toEqual([first])
    expect(openNote(during, [second]).signedBy).toEqual([second])
    for (const note of [before, during, after]) expect(openNote(note, [second, first]).text).toBe('a\n')
    expect(() => openNote(after, [first])).toThrow(AuditProofRejected)
  })

  it('ignores signatures of unknown keys, and rejects a wrong one of a known key', () => {
    const note = signNote('a\n', [first])
    const [, line = ''] = note.split('\n\n')
    expect(openNote(`${note}— witness.example.com AAAAAAECAwQ=\n`, [first]).text).toBe('a\n')
    expect(() => openNote(`b\n\n${line}`, [first])).toThrow('The signature of')
    expect(() => openNote(`b\n\n${signNote('b\n', [second]).split('\n\n')[1]}${line}`, [first, second])).toThrow('The signature of')
    expect(() => openNote(note, [])).toThrow('No known key')
  })

  it.each([
    { why: 'no signature', note: 'a\n' },
    { why: 'no final newline', note: signNote('a\n', [first]).slice(0, -1) },
    { why: 'a hyphen instead of a dash', note: signNote('a\n', [first]).replace('\u2014', '-') },
    { why: 'a signature that is not base64', note: `a\n\n\u2014 ${ORIGIN} ???\n` },
    { why: 'a short signature', note: `a\n\n\u2014 ${ORIGIN} AAAA\n` },
    { why: 'a control character', note: `a\tb\n\n\u2014 ${ORIGIN} AAAAAAECAwQ=\n` },
    { why: 'too many signatures', note: `a\n\n${`\u2014 ${ORIGIN} AAAAAAECAwQ=\n`.repeat(65)}` },
  ])('with $why is rejected', ({ note }) => {
    expect(() => openNote(note, [first])).toThrow(AuditTextInvalid)
  })
})

describe('a key', () => {
  it('is read from PEM', () => {
    const pem = FIRST.export({ format: 'pem', type: 'pkcs8' })
    expect(publicKeyBytes(readSigningKey(pem))).toEqual(publicKeyBytes(FIRST))
    expect(() => readSigningKey('nothing')).toThrow('openssl genpkey -algorithm ed25519')
  })

  it.each(['', 'name', 'a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k', EXAMPLE_KEY.replace('530d903a', '530d903b'), `${EXAMPLE_KEY}A`])(
    'with the text "%s" is rejected',
    text => {
      expect(() => parseVerifierKey(text)).toThrow(AuditTextInvalid)
    },
  )

  it.each(['', 'a b', 'a+b', 'a\nb'])('with the name "%s" is rejected', name => {
    expect(() => noteVerifier(name, publicKeyBytes(FIRST))).toThrow('must not contain spaces')
  })
})

describe('a checkpoint', () => {
  it('has the origin, the size and the root on a line each, and reads back', () => {
    const note = signCheckpoint({ origin: ORIGIN, size: 20852163, root: ROOT }, [first])
    expect(note.split('\n').slice(0, 4)).toEqual([ORIGIN, '20852163', ROOT.toString('base64'), ''])
    expect(openCheckpoint(note, ORIGIN, [first])).toEqual({ origin: ORIGIN, size: 20852163, root: ROOT })
    expect(parseCheckpoint(note).size).toBe(20852163)
  })

  it('of another log is rejected', () => {
    const note = signCheckpoint({ origin: ORIGIN, size: 1, root: ROOT }, [first])
    expect(() => openCheckpoint(note, 'example.com/audit/tenants/globex', [first])).toThrow('is of the log')
  })

  it.each([
    { why: 'a leading zero', text: `${ORIGIN}\n01\n${ROOT.toString('base64')}\n` },
    { why: 'a negative size', text: `${ORIGIN}\n-1\n${ROOT.toString('base64')}\n` },
    { why: 'a short root', text: `${ORIGIN}\n1\nAAAA\n` },
    { why: 'no root', text: `${ORIGIN}\n1\n` },
    { why: 'an empty line', text: `${ORIGIN}\n1\n${ROOT.toString('base64')}\n\nx\n` },
    { why: 'an empty origin', text: `\n1\n${ROOT.toString('base64')}\n` },
  ])('with $why is rejected, even if it is signed', ({ text }) => {
    expect(() => openCheckpoint(signNote(text, [first]), ORIGIN, [first])).toThrow(AuditTextInvalid)
  })

  it('with extension lines is accepted, and they are ignored', () => {
    const note = signNote(`${ORIGIN}\n1\n${ROOT.toString('base64')}\nextension\n`, [first])
    expect(openCheckpoint(note, ORIGIN, [first]).size).toBe(1)
  })
})
