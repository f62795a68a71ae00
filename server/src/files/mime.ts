/** Each line: a type, then its extensions. */
const TABLE = `
image/png png
image/apng apng
image/jpeg jpg jpeg jpe jfif pjpeg
image/gif gif
image/webp webp
image/bmp bmp dib
image/tiff tif tiff
image/svg+xml svg svgz
image/x-icon ico cur
image/avif avif
image/heic heic
image/heif heif
image/jxl jxl
image/vnd.adobe.photoshop psd
image/x-xcf xcf
image/vnd.dxf dxf
image/vnd.dwg dwg
audio/mpeg mp3 mp2 mpga
audio/wav wav
audio/ogg oga ogg opus
audio/flac flac
audio/aac aac
audio/mp4 m4a
audio/midi mid midi
audio/amr amr
audio/aiff aif aiff
audio/x-ms-wma wma
audio/webm weba
video/mp4 mp4 m4v mp4v
video/webm webm
video/ogg ogv
video/mpeg mpeg mpg mpe
video/quicktime mov qt
video/x-msvideo avi
video/x-matroska mkv
video/x-ms-wmv wmv
video/x-flv flv
video/3gpp 3gp
video/mp2t m2ts
text/plain txt text log conf cfg ini env properties def list in out
text/html html htm shtml
text/css css
text/csv csv
text/tab-separated-values tsv
text/markdown md markdown mkd
text/calendar ics ifb
text/vcard vcf
text/x-diff diff patch
text/x-python py pyw
text/x-c c h cc cpp cxx hpp hh
text/x-java java
text/x-go go
text/x-rust rs
text/x-ruby rb
text/x-sql sql
text/x-php php
text/x-perl pl pm
text/x-shellscript sh bash zsh
text/x-swift swift
text/x-kotlin kt kts
text/x-scala scala
text/x-csharp cs
text/x-lua lua
text/x-scss scss
text/x-less less
text/x-tex tex
text/x-rst rst
text/x-asciidoc adoc
text/x-toml toml
text/x-dockerfile dockerfile
text/yaml yaml yml
text/jsx jsx
text/tsx tsx
text/x-typescript ts
text/javascript js mjs cjs
text/xml xml
application/xhtml+xml xhtml xht
application/xslt+xml xsl xslt
application/mathml+xml mathml
application/json json map
application/jsonl jsonl ndjson
application/x-ipynb+json ipynb
application/wasm wasm
application/pdf pdf
application/rtf rtf
application/postscript ps ai eps
application/epub+zip epub
application/msword doc dot
application/vnd.ms-excel xls xlt
application/vnd.ms-powerpoint ppt pps pot
application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
application/vnd.openxmlformats-officedocument.wordprocessingml.template dotx
application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
application/vnd.openxmlformats-officedocument.presentationml.slideshow ppsx
application/vnd.ms-word.document.macroenabled.12 docm
application/vnd.ms-excel.sheet.macroenabled.12 xlsm
application/vnd.ms-excel.sheet.binary.macroenabled.12 xlsb
application/vnd.ms-powerpoint.presentation.macroenabled.12 pptm
application/vnd.ms-outlook msg
application/vnd.visio vsd vsdx
application/vnd.oasis.opendocument.text odt
application/vnd.oasis.opendocument.spreadsheet ods
application/vnd.oasis.opendocument.presentation odp
application/vnd.oasis.opendocument.graphics odg
application/x-hwp hwp
application/hwp+zip hwpx
application/vnd.apple.pages pages
application/vnd.apple.numbers numbers
application/vnd.apple.keynote key
message/rfc822 eml
application/zip zip
application/gzip gz tgz
application/x-bzip2 bz2
application/x-xz xz
application/zstd zst
application/x-tar tar
application/x-7z-compressed 7z
application/vnd.rar rar
application/x-iso9660-image iso
application/x-apple-diskimage dmg
application/java-archive jar war
application/vnd.android.package-archive apk
application/vnd.debian.binary-package deb
application/x-rpm rpm
application/x-msdownload exe dll
application/x-msi msi
application/x-msdos-program bat cmd com
application/x-powershell ps1
application/x-x509-ca-cert crt cer
application/x-pem-file pem
application/x-pkcs12 p12 pfx
application/pgp-signature asc sig
application/x-sqlite3 sqlite sqlite3
application/vnd.tcpdump.pcap pcap pcapng
application/x-sketch sketch
model/stl stl
model/gltf-binary glb
model/gltf+json gltf
font/ttf ttf
font/otf otf
font/woff woff
font/woff2 woff2
`

const BY_EXTENSION = new Map(
  TABLE.trim()
    .split('\n')
    .map((line) => line.split(' '))
    .flatMap(([type, ...extensions]) => extensions.map((extension) => [extension, type!] as const)),
)

/** The MIME type of an extension (without dot, any case); `application/octet-stream` for one not known here. */
export function mimeType(extension: string): string {
  return BY_EXTENSION.get(extension.toLowerCase()) ?? 'application/octet-stream'
}

/** `Text/HTML; charset=x` → `text/html`: rows of older servers carry parameters. */
function essence(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase()
}

/** Whether previews are made for a type: images, but never SVG, which is a document with scripts rather than pixels. */
export function isPreviewable(type: string): boolean {
  const bare = essence(type)
  return bare.startsWith('image/') && !bare.startsWith('image/svg')
}

const INLINE = new Set(
  (
    'image/png image/apng image/jpeg image/gif image/webp image/bmp image/tiff image/avif ' +
    'video/mp4 video/webm video/ogg video/mpeg video/quicktime video/x-msvideo video/avi ' +
    'audio/mpeg audio/wav audio/x-wav audio/ogg audio/flac audio/aac audio/mp4 audio/webm'
  ).split(' '),
)

/** Whether a browser may show the type in the page instead of saving it: pixels and sound only, nothing that runs. */
export const isInlineType = (type: string): boolean => INLINE.has(essence(type))

// On our own origin any of these could act as the person who opens the file.
const RUNNABLE = /(html|javascript|ecmascript|jscript|vbscript|xslt|mathml|^multipart\/|^message\/)/

/**
 * The Content-Type to send for a stored type: script, HTML and XML become `text/plain`, a malformed type (an attacker may
 * have written it) `application/octet-stream`. SVG keeps its type, for `<img>`; it is never sent inline.
 */
export function servedType(type: string): string {
  const bare = essence(type)
  if (!/^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/.test(bare)) return 'application/octet-stream'
  if (bare === 'image/svg+xml') return bare
  return RUNNABLE.test(bare) || /[/+]xml$/.test(bare) ? 'text/plain' : bare
}
