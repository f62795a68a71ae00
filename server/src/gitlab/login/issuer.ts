import { createHash } from 'node:crypto'
import type { App } from '../../app.ts'

/**
 * Which GitLab server an address belongs to: host, unusual port and path below which it lies. The scheme is left out:
 * a GitLab that moves to https is the same one.
 */
export function issuerOf(address: string): string {
  const url = URL.parse(address.includes('://') ? address : `https://${address}`)
  if (!url) return ''
  const path = url.pathname.replace(/\/api\/v4\/user\/?$/, '').replace(/\/+$/, '')
  return url.host + path
}

/** The GitLab server that people sign in with now. */
export const currentIssuer = (app: Pick<App, 'config'>): string =>
  issuerOf(app.config.get().GitLabSettings.UserAPIEndpoint)

/** What stands in users.authdata for somebody whose plain number is taken by a user of another GitLab server. */
export function qualifiedAuthData(issuer: string, gitlabId: number): string {
  const text = `${gitlabId}@${issuer}`
  return text.length <= 128 ? text : `${gitlabId}@${createHash('sha256').update(issuer).digest('hex')}`
}
