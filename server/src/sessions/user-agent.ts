/** How a client names itself in the list of a user's sessions. */
export interface ClientNames {
  readonly platform: string
  readonly os: string
  /** `name/version` */
  readonly browser: string
}

const PLATFORMS: readonly (readonly [RegExp, platform: string, os: string])[] = [
  [/windows phone/i, 'Windows Phone', 'Windows Phone'],
  [/windows/i, 'Windows', 'Windows'],
  [/ipad/i, 'iPad', 'iOS'],
  [/iphone|ipod/i, 'iPhone', 'iOS'],
  [/android/i, 'Linux', 'Android'],
  [/cros\b/i, 'Linux', 'ChromeOS'],
  [/mac os x|macintosh/i, 'Macintosh', 'Mac OS'],
  [/linux|x11/i, 'Linux', 'Linux'],
]

/** The first that fits wins: nearly every browser also names those it wants to be taken for. */
const BROWSERS: readonly (readonly [RegExp, name: string])[] = [
  [/Mattermost Mobile\/([\w.]+)/i, 'Mobile App'],
  [/mmctl\/([\w.]+)/i, 'mmctl'],
  [/Mattermost\/([\w.]+)/i, 'Desktop App'],
  [/Franz\/([\w.]+)/i, 'Franz'],
  [/Edg(?:e|A|iOS)?\/([\w.]+)/i, 'Edge'],
  [/OPR\/([\w.]+)/i, 'Opera'],
  [/Whale\/([\w.]+)/i, 'Whale'],
  [/(?:Firefox|FxiOS)\/([\w.]+)/i, 'Firefox'],
  [/(?:Chrome|CriOS)\/([\w.]+)/i, 'Chrome'],
  [/Version\/([\w.]+).*Safari/i, 'Safari'],
]

/** Reads a User-Agent header. Only for people to recognise their sessions by; nothing is decided by it. */
export function clientNames(userAgent: string): ClientNames {
  // A header may be 16 kB long; what is kept in every session should not be.
  const text = userAgent.slice(0, 500)
  const [, platform, os] = PLATFORMS.find(([pattern]) => pattern.test(text)) ?? ['', 'Unknown', '']
  for (const [pattern, name] of BROWSERS) {
    const version = pattern.exec(text)?.[1]
    if (version) return { platform, os, browser: `${name}/${version.slice(0, 30)}` }
  }
  return { platform, os, browser: 'Unknown/0.0' }
}

/** Whether a client without a device id is nevertheless a mobile one (errors.md, "Sessions"). */
export const isMobileAgent = (userAgent: string): boolean => /Mobile|Android|iOS|iPhone|iPad/.test(userAgent)
