import { romanize } from 'es-hangul'

/** A channel's address made from its name, Hangul in Latin letters; '' leaves it to the server to make one. */
export function channelAddress(name: string): string {
  return romanize(name.normalize('NFC'))
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '')
    .slice(0, 64)
    .replace(/[-_]+$/, '')
}
