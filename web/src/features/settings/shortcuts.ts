import type { Text } from '../../shell/i18n.tsx'
import type { Shortcut } from '../../shell/keyboard.ts'
import { FORMATS } from '../composer/formats.ts'

/** Keys that work anywhere on the page; what they do stands in global-shortcuts.ts. */
export const GLOBAL = {
  settings: 'mod+shift+a',
  help: 'mod+/',
  mentions: 'mod+shift+m',
  saved: 'mod+shift+s',
  searchHere: 'mod+f',
  toggleRight: 'mod+.',
  expandRight: 'mod+shift+.',
  composer: 'mod+shift+l',
} as const satisfies Record<string, Shortcut>

/** Keys of the search; the header of a channel takes them too. */
export const SEARCH: Shortcut = 'mod+shift+f'

/** One line of the list: alternatives are parted by blanks. */
interface Line {
  readonly keys: string
  readonly text: string
}

export interface ShortcutGroup {
  readonly title: string
  readonly lines: readonly Line[]
}

/** Every shortcut of the client, as the list of shortcuts shows them. A test holds it against the code. */
export function shortcutGroups(t: Text): ShortcutGroup[] {
  return [
    { title: t('shortcuts.go', 'Go to'), lines: navigation(t) },
    { title: t('shortcuts.side', 'Search and side panel'), lines: panels(t) },
    { title: t('shortcuts.write', 'Write'), lines: writing(t) },
    { title: t('shortcuts.message', 'On a message'), lines: messages(t) },
  ]
}

const line = (keys: string, text: string): Line => ({ keys, text })

const navigation = (t: Text): Line[] => [
  line('mod+k', t('shortcuts.switch', 'A channel or person')),
  line('mod+shift+k', t('shortcuts.direct', 'A new direct message')),
  line('alt+ArrowUp alt+ArrowDown', t('shortcuts.neighbour', 'The channel above or below')),
  line('alt+shift+ArrowUp alt+shift+ArrowDown', t('shortcuts.unread', 'The unread channel above or below')),
  line('mod+shift+u', t('shortcuts.filter', 'Show only unread channels')),
  line('mod+alt+ArrowUp mod+alt+ArrowDown', t('shortcuts.team', 'The team above or below')),
  line('mod+alt+1 mod+alt+9', t('shortcuts.team_number', 'A team by its place')),
  line('F6 shift+F6', t('shortcuts.region', 'The next or last part of the window')),
  line(GLOBAL.composer, t('shortcuts.composer', 'The field to write in')),
  line(GLOBAL.settings, t('shortcuts.settings', 'Settings')),
  line(GLOBAL.help, t('shortcuts.help', 'This list')),
]

const panels = (t: Text): Line[] => [
  line(SEARCH, t('shortcuts.search', 'Search')),
  line(GLOBAL.searchHere, t('shortcuts.search_here', 'Search in this channel')),
  line(GLOBAL.mentions, t('shortcuts.mentions', 'Recent mentions')),
  line(GLOBAL.saved, t('shortcuts.saved', 'Saved messages')),
  line('mod+alt+i', t('shortcuts.info', 'About this channel')),
  line(GLOBAL.toggleRight, t('shortcuts.right', 'Open or close the side panel')),
  line(GLOBAL.expandRight, t('shortcuts.right_wide', 'Side panel wide or narrow')),
  line('Escape', t('shortcuts.escape', 'One step back; in a channel: mark as read')),
]

const writing = (t: Text): Line[] => [
  line('ArrowUp', t('shortcuts.edit_last', 'Edit your last message')),
  line('shift+ArrowUp', t('shortcuts.reply_last', 'Reply to the last message')),
  line('mod+shift+\\', t('shortcuts.react_last', 'React to the last message')),
  line('mod+ArrowUp mod+ArrowDown', t('shortcuts.sent', 'What you sent before')),
  line('mod+u', t('shortcuts.upload', 'Attach files')),
  line('mod+shift+e', t('shortcuts.emoji', 'Emoji')),
  ...FORMATS.map(({ shortcut, label }) => line(shortcut, label(t))),
  line('mod+alt+p', t('shortcuts.preview', 'Preview')),
  line('mod+alt+t', t('shortcuts.formatting', 'Show the formatting bar')),
]

const messages = (t: Text): Line[] => [
  line('R', t('shortcuts.reply', 'Reply')),
  line('E', t('shortcuts.edit', 'Edit')),
  line('S', t('shortcuts.save', 'Save')),
  line('P', t('shortcuts.pin', 'Pin')),
  line('U', t('shortcuts.mark_unread', 'Mark as unread')),
  line('K', t('shortcuts.copy_link', 'Copy link')),
  line('C', t('shortcuts.copy_text', 'Copy text')),
  line('F', t('shortcuts.forward', 'Forward')),
  line('X', t('shortcuts.select', 'Select')),
  line('Delete', t('shortcuts.delete', 'Delete')),
]

const NAMES: Readonly<Record<string, string>> = {
  mod: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
}

/** Keys as people read them: `mod+shift+k` is Ctrl+Shift+K. */
export const readable = (keys: string): string =>
  keys
    .split(' ')
    .map((combination) =>
      combination
        .split(/\+(?=.)/)
        .map((key) => NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key))
        .join('+'),
    )
    .join(' ')
