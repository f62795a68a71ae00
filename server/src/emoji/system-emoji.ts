import list from './system-emoji.json' with { type: 'json' }

const SKIN_TONE = /_(?:light|medium_light|medium|medium_dark|dark)_skin_tone$/

/** Names of every emoji that is a character (or an image of all clients) → how many skin tones may follow it. */
const TONES = new Map<string, number>(
  [list.plain, list.oneTone, list.twoTones].flatMap((names, tones) =>
    names.split(' ').map((name): [string, number] => [name, tones]),
  ),
)

/**
 * Whether all clients know an emoji by this name (an alias, or a name with skin tones as in `wave_dark_skin_tone` counts),
 * so that no custom emoji may take it.
 */
export function isSystemEmoji(name: string): boolean {
  let bare = name
  for (let tones = 0; tones <= 2; tones++) {
    const most = TONES.get(bare)
    if (most !== undefined && tones <= most) return true
    const shorter = bare.replace(SKIN_TONE, '')
    if (shorter === bare) return false
    bare = shorter
  }
  return false
}
