/** What a message is made of. Plain data: the renderer, notifications and tests read the same tree. */
export type Document = { blocks: Block[] }

export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'heading'; level: number; children: Inline[] }
  | { type: 'quote'; children: Block[] }
  | List
  | { type: 'code'; language: string; value: string }
  | Table
  | { type: 'rule' }

/** `start` is the first number of an ordered list, null for bullets. In a tight list no blank line separates items. */
export type List = { type: 'list'; start: number | null; tight: boolean; items: ListItem[] }

/** `checked` is null for an item that is no task. */
export type ListItem = { checked: boolean | null; children: Block[] }

export type Align = 'left' | 'center' | 'right' | null

/** `rows` holds the head first. Rows may be shorter or longer than `align`: no word of them is dropped. */
export type Table = { type: 'table'; align: Align[]; rows: Inline[][][] }

export type Inline =
  | Text
  | { type: 'break' }
  | { type: 'code'; value: string }
  | { type: 'latex'; value: string }
  | { type: 'emphasis' | 'strong' | 'strike'; children: Inline[] }
  | Link
  | Image
  | Token

export type Text = { type: 'text'; value: string }

/** `url` is as written: whoever makes a link of it asks `safeHref` first. `auto`: the text is the address itself. */
export type Link = { type: 'link'; url: string; title: string; auto: boolean; children: Inline[] }

/** `width` and `height` come from a `=100x50` suffix, 0 where not given. */
export type Image = { type: 'image'; url: string; alt: string; title: string; width: number; height: number }

/**
 * Names in a text. `raw` is how it was written. A mention, channel or emoji is what somebody may have meant: only the
 * reader's context knows whether it exists.
 */
export type Token = Mention | Channel | Hashtag | Emoji
export type Mention = { type: 'mention'; name: string; raw: string }
export type Channel = { type: 'channel'; name: string; raw: string }
export type Hashtag = { type: 'hashtag'; tag: string; raw: string }

/** Written as `:name:`, as an emoticon, or as the character itself (then `name` is empty). */
export type Emoji = { type: 'emoji'; name: string; raw: string }

/** What a server's settings change about the dialect. */
export type Dialect = {
  /** Whether `$…$` is a formula (EnableInlineLatex). */
  inlineLatex: boolean
  /** Schemes beside http, https, ftp, mailto and tel (CustomURLSchemes), lower case, without the colon. */
  urlSchemes: readonly string[]
}

export const PLAIN_DIALECT: Dialect = { inlineLatex: false, urlSchemes: [] }
