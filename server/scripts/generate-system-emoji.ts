/**
 * Writes `src/emoji/system-emoji.json`, the names of the emoji that every client knows, from the package
 * emoji-datasource (MIT), whose short names Mattermost's clients use too. `node server/scripts/generate-system-emoji.ts`
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

interface Entry {
  readonly short_names: readonly string[]
  readonly skin_variations?: Readonly<Record<string, unknown>>
}

const { resolve } = createRequire(import.meta.url)
const entries = JSON.parse(readFileSync(resolve('emoji-datasource'), 'utf8')) as Entry[]
const { version } = JSON.parse(readFileSync(resolve('emoji-datasource/package.json'), 'utf8')) as { version: string }

/** How many skin tones a name may be followed by. */
const tones = ({ skin_variations: variations = {} }: Entry): number =>
  Math.max(0, ...Object.keys(variations).map((code) => code.split('-').length))
const named = (count: number): string =>
  entries
    .filter((entry) => tones(entry) === count)
    .flatMap((entry) => entry.short_names)
    .toSorted()
    .join(' ')

const list = {
  source: `emoji-datasource ${version} (MIT), short_names`,
  // An image of Mattermost's clients that is no character.
  plain: `${named(0)} mattermost`,
  oneTone: named(1),
  twoTones: named(2),
}
const target = new URL('../src/emoji/system-emoji.json', import.meta.url)
writeFileSync(target, `${JSON.stringify(list, null, 2)}\n`)
console.log(`${Object.values(list).join(' ').split(' ').length} names`)
