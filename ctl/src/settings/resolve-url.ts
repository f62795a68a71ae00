import { quote } from '../ruby/assign.ts'
import type { Reader } from './reader.ts'
import type { ServiceUrl } from './settings.ts'

/** What is wrong with a URL that should name a site, or the site. */
export type ReadUrl = { url: ServiceUrl; problem?: undefined } | { url?: undefined; problem: string }

/** Reads `https://host[:port]` without anything behind it. A trailing slash is taken off. */
export function readSiteUrl(text: string, allowPath = false): ReadUrl {
  const trimmed = text.trim().replace(/\/+$/, '')
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(.*)$/i.exec(trimmed)
  if (!match?.[2]) return { problem: `has no scheme and host; write it like https://${hostLike(trimmed)}` }
  const [, scheme, authority, path, rest] = match
  if (!/^https?$/i.test(scheme!)) return { problem: `has the scheme ${scheme}; only http and https are possible` }
  if (authority!.includes('@')) return { problem: 'must not hold a user name or password' }
  if (path !== '' && !allowPath) return { problem: `has the path ${path}; the chat needs a host or port of its own` }
  if (rest !== '') return { problem: 'must end after the host; remove what begins with ? or #' }
  const parts = /^(\[[0-9a-f:.]+\]|[\p{L}\p{N}._-]+)(?::(\d+))?$/iu.exec(authority!)
  const port = Number(parts?.[2] ?? (/^https$/i.test(scheme!) ? 443 : 80))
  if (!parts || port < 1 || port > 65535) return { problem: 'has a host or port that cannot be' }
  let host: string
  try {
    // Names with other letters become their ASCII form, which DNS and certificates use.
    host = new URL(`http://${parts[1]}`).hostname.replace(/^\[|\]$/g, '')
  } catch {
    return { problem: 'has a host that cannot be' }
  }
  return { url: { href: trimmed, https: /^https$/i.test(scheme!), host, port } }
}

const hostLike = (text: string): string => /^[\w.:-]+$/.exec(text)?.[0] ?? 'chat.example.com'

/** `mattermost_external_url`; undefined when it is not set or wrong. */
export function resolveUrl(reader: Reader): ServiceUrl | undefined {
  return siteUrlOf(reader, 'mattermost_external_url', false)
}

/** A setting that holds the URL of a site; `allowPath` where the site may live below a path. */
export function siteUrlOf(reader: Reader, path: string, allowPath: boolean): ServiceUrl | undefined {
  const text = reader.text(path)
  if (text === undefined || text === '') return undefined
  const { url, problem } = readSiteUrl(text, allowPath)
  if (!url) reader.error(path, `${problem}.`)
  return url
}

/** A setting that holds an http or https address of any form; undefined when it is not set or wrong. */
export function addressOf(reader: Reader, path: string): string | undefined {
  const text = reader.text(path)
  if (text === undefined || text === '') return undefined
  if (/^https?:\/\/[^\s/]+\S*$/i.test(text) && URL.canParse(text)) return text
  reader.error(path, 'must be an address that begins with http:// or https://.')
  return undefined
}

/** Whether the chat is to run, by `mattermost['enable']` or by its URL; notes what contradicts. */
export function resolveEnabled(reader: Reader, url: ServiceUrl | undefined): boolean {
  const said = reader.flag('mattermost.enable')
  const written = reader.isSet('mattermost_external_url')
  const elsewhere = reader.text('gitlab_rails.mattermost_host')
  const line = `mattermost_external_url '${elsewhere && readSiteUrl(elsewhere).url ? elsewhere : 'https://chat.example.com'}'`
  if (said && !written)
    reader.error('mattermost.enable', `is true, but nothing says under which address. Add the line: ${line}`)
  if (said === undefined && !written && elsewhere)
    reader.report.notes.push(
      reader.notice(
        'gitlab_rails.mattermost_host',
        `${quote('gitlab_rails.mattermost_host')} tells GitLab where the chat is. To run it on this machine, add the line: ${line}`,
      ),
    )
  return said ?? (written && url !== undefined)
}
