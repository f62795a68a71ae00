import { channelAddress } from '../channels/channel-address.ts'

/** Words that begin addresses of the site itself. */
const RESERVED =
  /^(admin|api|channel|claim|error|files|help|landing|login|mfa|oauth|plug|plugins|post|signup|boards|playbooks)/

/** A team's address made from its name, Hangul in Latin letters; '' when there is nothing to make one from. */
export function teamAddress(name: string): string {
  // A channel's address may hold underscores, a team's may not.
  const plain = channelAddress(name).replace(/_+/g, '-').replace(/-{2,}/g, '-')
  if (plain === '') return ''
  return RESERVED.test(plain) || plain.length < 2 ? `team-${plain}` : plain
}
