import { quote } from '../ruby/assign.ts'
import { Unknown, type RubyMap, type RubyValue } from '../ruby/values.ts'
import { knownWords, nearest, ownWords } from '../ruby/words.ts'
import { idleVhostKeys, mattermostKeys, vhostKeys } from './known-keys.ts'
import type { Reader } from './reader.ts'
import { removedKey, replacementLine, secretVariables } from './removed-keys.ts'

/** Words that decide whether the chat runs at all: a slip in one of them must not pass silently. */
const precious = ['mattermost', 'mattermost_external_url', 'mattermost_nginx', 'external_url', 'letsencrypt']

/** Looks for what nobody reads: unknown words and keys, settings of old releases, GitLab's own sections. */
export function checkWords(reader: Reader): void {
  const foreign: string[] = []
  for (const [word] of reader.ruby.words) {
    if (ownWords.has(word)) continue
    if (knownWords.has(word)) foreign.push(word)
    else unknownWord(reader, word)
  }
  if (foreign.length > 0)
    reader.report.notes.push({ text: `GitLab's own, without meaning for Outpost: ${foreign.toSorted().join(', ')}.` })
  for (const [key, value] of sectionOf(reader, 'mattermost'))
    if (!mattermostKeys.has(key)) unknownKey(reader, key, value)
  for (const [key] of sectionOf(reader, 'mattermost_nginx')) {
    if (!vhostKeys.has(key) && !idleVhostKeys.has(key))
      warnOfKey(reader, `mattermost_nginx.${key}`, nearest(key, vhostKeys))
  }
}

function sectionOf(reader: Reader, word: string): RubyMap {
  const section = reader.ruby.words.get(word)
  return section instanceof Map ? section : new Map<string, RubyValue>()
}

function unknownWord(reader: Reader, word: string): void {
  const meant = nearest(word, precious)
  if (meant) return reader.error(word, `is not known. Did you mean ${meant}?`)
  const other = nearest(word, knownWords)
  reader.warn(word, `${word} is not known and is ignored.${other ? ` Did you mean ${other}?` : ''}`)
}

function warnOfKey(reader: Reader, path: string, meant: string | undefined): void {
  const key = path.slice(0, path.indexOf('.') + 1)
  reader.warn(
    path,
    `${quote(path)} is not a setting and is ignored.${meant ? ` Did you mean ${quote(key + meant)}?` : ''}`,
  )
}

function unknownKey(reader: Reader, key: string, value: RubyValue): void {
  const path = `mattermost.${key}`
  const removed = removedKey(key)
  if (!removed) return warnOfKey(reader, path, nearest(key, mattermostKeys))
  if (value === null) return
  const { since, variable, note } = removed
  const gone = `${quote(path)} went away with GitLab ${since}.`
  const place = reader.placeOf(path)
  // A report may end up in a log: a password stays in the settings file.
  const hidden = value instanceof Unknown || secretVariables.has(variable ?? '')
  const said = hidden ? `… the value of line ${place?.line ?? '?'} …` : value
  const replacement = variable && replacementLine(variable, said)
  const instead = replacement ? `Write this instead: ${replacement}` : 'Nothing takes its place; remove the line.'
  const text = [gone, note, instead].filter((part) => part !== undefined).join(' ')
  reader.report.removals.push({
    text,
    key: quote(path),
    since,
    blocking: variable !== undefined,
    ...(replacement ? { replacement } : {}),
    ...(place ? { place } : {}),
  })
}
