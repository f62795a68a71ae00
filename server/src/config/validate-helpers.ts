import type { Config } from './config-types.ts'
import { getAt, plainText } from './declare.ts'

const text = (config: Config, path: string): string => plainText(getAt(config, path.split('.')) ?? '')

/** A rule: the setting is not empty. */
export const required =
  (path: string) =>
  (config: Config): boolean =>
    text(config, path) !== ''

/** A rule: the setting matches `pattern`. */
export const matches =
  (path: string, pattern: RegExp) =>
  (config: Config): boolean =>
    pattern.test(text(config, path))

/** Whether `value` is a complete http or https address. */
export function httpUrl(value: string): boolean {
  return /^https?:\/\/[^/]/i.test(value) && URL.canParse(value)
}

/** Whether `value` is an absolute URI of any scheme: the websocket address may start with wss://. */
export function absoluteUri(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/\s]/i.test(value) && URL.canParse(value)
}

/** Whether `value` looks like one e-mail address. */
export function emailAddress(value: string): boolean {
  return /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(value)
}

/** A time of day, `00:00` to `23:59`. */
export const timeOfDay = /^([01]?\d|2[0-3]):[0-5]\d$/
