/** Emoticons people type and the emoji they stand for, as in Mattermost's clients. Compared without case. */
const EMOTICONS: Readonly<Record<string, readonly string[]>> = {
  slightly_smiling_face: [':)', ':-)'],
  wink: [';)', ';-)'],
  open_mouth: [':o'],
  scream: [':-o'],
  smirk: [':]', ':-]'],
  smile: [':d', ':-d'],
  stuck_out_tongue_closed_eyes: ['x-d'],
  stuck_out_tongue: [':p', ':-p'],
  rage: [':@', ':-@', ':[', ':-['],
  slightly_frowning_face: [':(', ':-('],
  cry: [":'(", ":'-(", ':’(', ':’-('],
  confused: [':/', ':-/'],
  confounded: [':s', ':-s'],
  neutral_face: [':|', ':-|'],
  flushed: [':$', ':-$'],
  mask: [':-x'],
  heart: ['<3'],
  broken_heart: ['</3'],
}

const NAMES = new Map(
  Object.entries(EMOTICONS).flatMap(([name, all]) => all.map((written) => [written, name] as const)),
)

const escaped = [...NAMES.keys()]
  .toSorted((a, b) => b.length - a.length)
  .map((text) => text.replace(/[$()[\]|]/g, '\\$&'))

/** Not beside a Latin letter, digit or mark: `10:30:s`, `http://` and `C:/` are none, `안녕:)` is one. */
const PATTERN = new RegExp(String.raw`(?<![A-Za-z0-9_:])(?:${escaped.join('|')})(?![A-Za-z0-9_\/:])`, 'gi')

type Found = { type: 'text'; value: string } | { type: 'emoji'; name: string; raw: string }

/** Cuts a text into emoticons and what is between them. */
export function findEmoticons(text: string): Found[] {
  const found: Found[] = []
  let from = 0
  for (const { 0: raw, index } of text.matchAll(PATTERN)) {
    if (index > from) found.push({ type: 'text', value: text.slice(from, index) })
    found.push({ type: 'emoji', name: NAMES.get(raw.toLowerCase())!, raw })
    from = index + raw.length
  }
  if (from < text.length) found.push({ type: 'text', value: text.slice(from) })
  return found
}
