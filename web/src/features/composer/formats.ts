import type { LucideIcon } from 'lucide-react'
import type { Text } from '../../shell/i18n.tsx'
import type { Shortcut } from '../../shell/keyboard.ts'
import * as icons from '../../ui/icons.ts'
import { makeBlock, makeLink, toggleLines, toggleMark } from './edit-text.ts'
import type { Edit, Selected } from './edit-text.ts'

/** A way to mark up text. */
export interface Format {
  readonly id: string
  readonly icon: LucideIcon
  readonly shortcut: Shortcut
  readonly label: (t: Text) => string
  /** how long it stands in the bar where that is narrow; what has left it is in the menu at its end */
  readonly stays?: 'always' | 'longer'
  readonly apply: (field: Selected) => Edit
}

/** Marks around words. */
const MARKS: readonly Format[] = [
  {
    id: 'bold',
    stays: 'always',
    icon: icons.Bold,
    shortcut: 'mod+b',
    label: (t) => t('composer.bold', 'Bold'),
    apply: (field) => toggleMark(field, '**'),
  },
  {
    id: 'italic',
    stays: 'always',
    icon: icons.Italic,
    shortcut: 'mod+i',
    label: (t) => t('composer.italic', 'Italic'),
    apply: (field) => toggleMark(field, '_'),
  },
  {
    id: 'strike',
    icon: icons.Strikethrough,
    shortcut: 'mod+shift+x',
    label: (t) => t('composer.strike', 'Strikethrough'),
    apply: (field) => toggleMark(field, '~~'),
  },
  {
    id: 'link',
    stays: 'longer',
    icon: icons.Link,
    shortcut: 'mod+alt+k',
    label: (t) => t('composer.link', 'Link'),
    apply: (field) => makeLink(field),
  },
  {
    id: 'code',
    stays: 'longer',
    icon: icons.Code,
    shortcut: 'mod+alt+c',
    label: (t) => t('composer.code', 'Code'),
    apply: makeCode,
  },
]

/** What whole lines become. */
const LINES: readonly Format[] = [
  {
    id: 'block',
    icon: icons.CodeXml,
    shortcut: 'mod+alt+shift+c',
    label: (t) => t('composer.code_block', 'Code block'),
    apply: (field) => makeBlock(field),
  },
  {
    id: 'heading',
    icon: icons.Heading,
    shortcut: 'mod+alt+h',
    label: (t) => t('composer.heading', 'Heading'),
    apply: (field) => toggleLines(field, /^#{1,6} /, () => '### '),
  },
  {
    id: 'quote',
    icon: icons.Quote,
    shortcut: 'mod+shift+9',
    label: (t) => t('composer.quote', 'Quote'),
    apply: (field) => toggleLines(field, /^> ?/, () => '> '),
  },
  {
    id: 'list',
    icon: icons.List,
    shortcut: 'mod+shift+8',
    label: (t) => t('composer.bullets', 'Bulleted list'),
    apply: (field) => toggleLines(field, /^[-*+] /, () => '- '),
  },
  {
    id: 'numbers',
    icon: icons.ListOrdered,
    shortcut: 'mod+shift+7',
    label: (t) => t('composer.numbers', 'Numbered list'),
    apply: (field) => toggleLines(field, /^\d+[.)] /, (line) => `${line + 1}. `),
  },
]

/** All ways, in the order of the bar; shortcuts are those of Mattermost. */
export const FORMATS: readonly Format[] = [...MARKS, ...LINES]

function makeCode(field: Selected): Edit {
  const { value, selectionStart, selectionEnd } = field
  return value.slice(selectionStart, selectionEnd).includes('\n') ? makeBlock(field) : toggleMark(field, '`')
}
