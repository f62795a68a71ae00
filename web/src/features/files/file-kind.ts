import type { FileInfo } from '@mattermost/types/files'

export type FileKind =
  | 'image'
  | 'video'
  | 'audio'
  | 'pdf'
  | 'text'
  | 'code'
  | 'table'
  | 'archive'
  | 'document'
  | 'other'

const EXTENSIONS: Partial<Record<FileKind, string>> = {
  image: 'png jpg jpeg gif webp bmp avif ico svg tif tiff heic psd',
  video: 'mp4 m4v webm mov mkv avi mpg mpeg wmv ogv',
  audio: 'mp3 wav ogg oga m4a aac flac opus weba wma',
  pdf: 'pdf',
  text: 'txt md markdown log rst text',
  table: 'csv tsv xls xlsx ods numbers',
  archive: 'zip tar gz tgz bz2 xz 7z rar zst jar',
  document: 'doc docx odt rtf ppt pptx odp pages key hwp hwpx epub',
}

const BY_EXTENSION = new Map(
  Object.entries(EXTENSIONS).flatMap(([kind, list]) => list.split(' ').map((one) => [one, kind as FileKind] as const)),
)

/** Names of code that have no extension of their own. */
const CODE_NAMES = /^(dockerfile|makefile|jenkinsfile|rakefile|gemfile|procfile|\.[a-z]+rc|\.env|\.gitignore)$/i

/** Extensions whose text is worth colours; what highlight.js calls them is the same or an alias. */
const CODE =
  'js mjs cjs ts tsx jsx json jsonc yaml yml toml ini conf cfg xml html htm css scss less vue svelte sh bash zsh fish ps1 bat ' +
  'py rb go rs java kt kts scala groovy gradle c h cc cpp cxx hpp cs fs m mm swift php pl pm lua r jl sql graphql proto ' +
  'dart ex exs erl hs clj lisp el vim diff patch tf hcl nix cmake mk properties env dockerfile asm s v vhd tex'

for (const one of CODE.split(' ')) BY_EXTENSION.set(one, 'code')

/** What a file is, by its name: the type that browsers report is often wrong or missing. */
export function kindOf({
  name,
  extension,
  mime_type: type = '',
}: Pick<FileInfo, 'name' | 'extension'> & { mime_type?: string }): FileKind {
  const known = BY_EXTENSION.get(extension.toLowerCase())
  if (known) return known
  if (CODE_NAMES.test(name)) return 'code'
  const [main] = type.split('/')
  return main === 'image' || main === 'video' || main === 'audio' || main === 'text' ? main : 'other'
}

/** Pictures that browsers show; of others the server may have a preview. */
const SHOWN = new Set('png jpg jpeg gif webp bmp avif ico svg'.split(' '))

/** Whether a file can be shown as a picture: by the browser itself or as the preview that the server made. */
export function isPicture(info: Pick<FileInfo, 'name' | 'extension' | 'mime_type' | 'has_preview_image'>): boolean {
  if (kindOf(info) !== 'image') return false
  return info.has_preview_image || SHOWN.has(info.extension.toLowerCase())
}

/** The name's last part, in capitals: what a card says of the type. */
export const extensionLabel = ({ name, extension }: Pick<FileInfo, 'name' | 'extension'>): string =>
  (extension || name.split('.').slice(1).at(-1) || '').toUpperCase().slice(0, 8)
