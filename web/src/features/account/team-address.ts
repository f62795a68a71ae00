import { romanize } from 'es-hangul'

/** Words that begin addresses of the site itself. */
const RESERVED =
  /^(admin|api|channel|claim|error|files|help|landing|login|mfa|oauth|plug|plugins|post|signup|boards|playbooks)/

/** A team's address made from its name, Hangul in Latin letters; '' when there is nothing to make one from. */
export function teamAddress(name: string): string {
  const plain = romanize(name.normalize('NFC'))
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64)
    .replace(/-+$/, '')
  if (plain === '') return ''
  return RESERVED.test(plain) || plain.length < 2 ? `team-${plain}` : plain
}
