import { createHmac } from 'node:crypto'

/** ImageProxySettings and the site's own address. */
export type ImageProxySettings = {
  enable: boolean
  type: string
  remoteUrl: string
  /** The signing key of an atmos/camo proxy. */
  remoteOptions: string
  siteUrl: string
}

/**
 * The address under which clients load a foreign picture, so that its host does not see who reads: our own
 * `/api/v4/image`, or a signed atmos/camo address. Unchanged when the proxy is off or the picture is on this site.
 */
export function proxiedImageUrl(url: string, settings: ImageProxySettings): string {
  const site = settings.siteUrl.replace(/\/+$/, '')
  if (!settings.enable || !/^https?:\/\//i.test(url) || (site && (url === site || url.startsWith(`${site}/`))))
    return url
  if (settings.type === 'local') return `${site}/api/v4/image?url=${encodeURIComponent(url)}`
  const remote = settings.remoteUrl.replace(/\/+$/, '')
  if (settings.type !== 'atmos/camo' || !remote || url.startsWith(`${remote}/`)) return url
  const signature = createHmac('sha1', settings.remoteOptions).update(url).digest('hex')
  return `${remote}/${signature}/${Buffer.from(url).toString('hex')}`
}
