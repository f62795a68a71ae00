const MAX_NAME_CHARS = 256 // fileinfo.name is varchar(256)
// A part of a path takes 255 bytes on ext4 and xfs; `_preview.jpg` and `.tmp` are added to it. Hangul takes 3 bytes a letter.
const MAX_STORED_NAME_BYTES = 220
const MAX_EXTENSION_CHARS = 64 // fileinfo.extension is varchar(64)

// Controls, line separators, and the invisible marks with which `gpj.exe` is made to look like `exe.jpg`.
// ZWJ and ZWNJ stay: emoji and several scripts are spelled with them.
const FORBIDDEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu

/**
 * The name a file is shown under: the last path part of what the sender gave (any value), in NFC (macOS sends Hangul taken
 * apart), without control and direction characters, at most 256 characters with the extension kept. Never empty.
 */
export function fileName(given: unknown): string {
  const text = typeof given === 'string' ? given.slice(0, 8192).toWellFormed() : ''
  const last = text.split(/[/\\]/).pop() ?? ''
  const clean = last.replace(FORBIDDEN, '').normalize('NFC').trim()
  if (clean === '' || /^\.+$/.test(clean)) return 'file'
  return cutName(clean, (name) => [...name].length <= MAX_NAME_CHARS)
}

/** The last part of the stored path for a file shown as `name`: as `fileName`, and short enough for the disk. */
export function storedName(name: string): string {
  return cutName(fileName(name), (cut) => Buffer.byteLength(cut) <= MAX_STORED_NAME_BYTES)
}

/** Shortens the part before the extension until `fits`; an absurdly long extension is cut like the rest. */
function cutName(name: string, fits: (name: string) => boolean): string {
  if (fits(name)) return name
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 && Array.from(name.slice(dot)).length <= 33 ? name.slice(dot) : ''
  const stem = Array.from(name.slice(0, name.length - extension.length))
  let low = 0
  let high = stem.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(stem.slice(0, middle).join('') + extension)) low = middle
    else high = middle - 1
  }
  return stem.slice(0, low).join('').trimEnd() + extension
}

/** The extension as in fileinfo.extension: after the last dot, lower case, no dot, at most 64 characters; '' if none. */
export function fileExtension(name: string): string {
  const dot = name.lastIndexOf('.')
  if (dot < 0) return ''
  return [...name.slice(dot + 1).toLowerCase()].slice(0, MAX_EXTENSION_CHARS).join('')
}

/** `YYYYMMDD` in the server's own time zone. `now` in ms. */
function day(now: number): string {
  const date = new Date(now)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`
}

/** Path of a new upload (schema notes: the team part has long been `noteam`). `fileId` is the upload id of a resumable one. */
export function uploadPath(now: number, channelId: string, userId: string, fileId: string, name: string): string {
  return `${day(now)}/teams/noteam/channels/${channelId}/users/${userId}/${fileId}/${storedName(name)}`
}

/** Path of a new bookmark file; its creatorid is `bookmark`. */
export function bookmarkPath(teamId: string, channelId: string, fileId: string, name: string): string {
  return `bookmark/teams/${teamId}/channels/${channelId}/${fileId}/${storedName(name)}`
}

/** Where a resumable upload grows until it is complete. */
export const partialPath = (path: string): string => `${path}.tmp`

/** Path of the preview beside the file. `type`: png for PNG images, else jpg. */
export const previewPath = (path: string, type: 'png' | 'jpg'): string => `${withoutExtension(path)}_preview.${type}`

/** Path of the thumbnail beside the file. */
export const thumbnailPath = (path: string, type: 'png' | 'jpg'): string => `${withoutExtension(path)}_thumb.${type}`

function withoutExtension(path: string): string {
  const dot = path.lastIndexOf('.')
  return dot > path.lastIndexOf('/') ? path.slice(0, dot) : path
}

/** Path of a custom emoji's image; without an extension, whatever its format. */
export const emojiPath = (emojiId: string): string => `emoji/${emojiId}/image`

/** Where the image of a deleted emoji is kept. */
export const deletedEmojiPath = (emojiId: string): string => `emoji/${emojiId}/image_deleted`

/** Path of a team's icon. */
export const teamIconPath = (teamId: string): string => `teams/${teamId}/teamIcon.png`

/** Path of a profile picture. */
export const profileImagePath = (userId: string): string => `users/${userId}/profile.png`

/** Path of the sign-in page's picture. */
export const brandImagePath = 'brand/image.png'

/** Where an older sign-in picture is kept when a new one comes: the date and time stand in the name. */
export function oldBrandImagePath(now: number): string {
  return `brand/${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}.png`
}
