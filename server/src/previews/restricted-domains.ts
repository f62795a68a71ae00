import { normalHost } from '../outgoing/addresses.ts'

/**
 * Whether the administrator turned previews off for this address: RestrictLinkPreviews lists domains, by spaces or commas,
 * and each covers its subdomains. International names match in either spelling.
 */
export function isRestricted(url: URL, list: string): boolean {
  const host = normalHost(url.hostname)
  return list.split(/[\s,]+/).some((entry) => {
    const name = entry.replace(/^(?:[a-z]+:\/\/)?@?(?:\*?\.)?/i, '').replace(/[/:].*$/, '')
    const domain = name === '' ? '' : normalHost(name)
    return domain !== '' && (host === domain || host.endsWith(`.${domain}`))
  })
}
