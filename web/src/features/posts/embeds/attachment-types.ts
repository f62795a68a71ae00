import type { Id } from '../../../store/state.ts'

/** A button or a list of a program's message. */
export interface Action {
  readonly id: Id
  readonly type: string
  readonly name: string
  readonly tooltip?: string
  readonly disabled?: boolean
  readonly style?: string
  readonly data_source?: string
  readonly options?: readonly { readonly text: string; readonly value: string }[]
  readonly default_option?: string
  /** of ephemeral posts: goes back to the server with the action */
  readonly cookie?: string
}

/** A card that a program hangs on its post. All texts are markdown. */
export interface Attachment {
  readonly fallback?: string
  readonly color?: string
  readonly pretext?: string
  readonly author_name?: string
  readonly author_link?: string
  readonly author_icon?: string
  readonly title?: string
  readonly title_link?: string
  readonly text?: string
  readonly fields?: readonly { readonly title?: string; readonly value?: unknown; readonly short?: boolean }[] | null
  readonly image_url?: string
  readonly thumb_url?: string
  readonly footer?: string
  readonly footer_icon?: string
  readonly ts?: number | string
  readonly actions?: readonly Action[] | null
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** The attachments of a post's props; whatever else stands there is left out: programs write them. */
export function attachmentsOf(value: unknown): readonly Attachment[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

const NAMED: Readonly<Record<string, string>> = {
  good: 'var(--success)',
  warning: 'var(--presence-away)',
  danger: 'var(--danger)',
}

/** The colour of the bar beside an attachment: a name or a hexadecimal colour, anything else is that of lines. */
export function barColor(color: unknown): string {
  if (typeof color !== 'string') return 'var(--line-strong)'
  if (NAMED[color]) return NAMED[color]
  return /^#([\da-f]{3}|[\da-f]{6})$/i.test(color) ? color : 'var(--line-strong)'
}

/** Text as programs send it: some send numbers. */
export const asText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
