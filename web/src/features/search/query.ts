/** What is being written at the caret: the value of a filter. */
export interface OpenFilter {
  readonly kind: 'person' | 'channel' | 'date'
  /** what of the value is there */
  readonly typed: string
  /** where the value begins and ends in the text */
  readonly from: number
  readonly to: number
}

const KINDS: Readonly<Record<string, OpenFilter['kind']>> = {
  from: 'person',
  in: 'channel',
  channel: 'channel',
  before: 'date',
  after: 'date',
  on: 'date',
}

/** The filter whose value the caret stands in, if any; words and finished filters are none. */
export function openFilter(text: string, caret: number): OpenFilter | undefined {
  const match = /(?:^|\s)-?(from|in|channel|before|after|on):([^\s"]*)$/i.exec(text.slice(0, caret))
  if (!match) return undefined
  const rest = /^[^\s"]*/.exec(text.slice(caret))![0]
  const typed = match[2]!
  return {
    kind: KINDS[match[1]!.toLowerCase()]!,
    typed: typed + rest,
    from: caret - typed.length,
    to: caret + rest.length,
  }
}

/** The text with the value of a filter written out, a blank after it, and where the caret then stands. */
export function fillFilter(text: string, { from, to }: OpenFilter, value: string): { text: string; caret: number } {
  const after = text.slice(to).replace(/^\s+/, '')
  const before = `${text.slice(0, from)}${value} `
  return { text: before + after, caret: before.length }
}

/** The text with a filter begun at its end. */
export const withFilter = (text: string, filter: string): string => {
  const kept = text.trimEnd()
  return kept === '' ? filter : `${kept} ${filter}`
}

/** Endings of files by what people call them. */
export const FILE_KINDS = {
  documents: 'pdf doc docx odt rtf txt md hwp hwpx',
  spreadsheets: 'xls xlsx csv tsv ods numbers',
  presentations: 'ppt pptx odp key',
  code: 'js ts py go rb java c cpp rs php sh sql json yml yaml xml html css',
  images: 'png jpg jpeg gif bmp svg webp heic psd',
  audio: 'mp3 wav ogg flac m4a aac',
  video: 'mp4 mov webm mkv avi',
} as const

export type FileKind = keyof typeof FILE_KINDS

/** What narrows a search to one kind of file. */
export const kindFilter = (kind: FileKind | ''): string =>
  kind === ''
    ? ''
    : FILE_KINDS[kind]
        .split(' ')
        .map((ending) => `ext:${ending}`)
        .join(' ')

/** Seconds east of UTC right now in a zone: the server reads days of a search with it. */
export function zoneOffset(timeZone: string | undefined, at: Date = new Date()): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value)
  const there = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return Math.round((there - at.getTime()) / 60_000) * 60
}

/** A day as filters want it, in a zone: `2026-11-24`. */
export const dayOf = (at: number, timeZone: string | undefined): string =>
  new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }).format(at)
