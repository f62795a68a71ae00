/** Bytes of a file that are shown; more would stop the page. */
const MOST = 2 * 1024 * 1024

export interface LoadedText {
  readonly text: string
  /** the file goes on */
  readonly cut: boolean
}

/** The beginning of a text file. Rejects when it is not reached, or when it is no text at all. */
export async function loadText(address: string): Promise<LoadedText> {
  const response = await fetch(address, { headers: { Range: `bytes=0-${MOST - 1}` } })
  if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`)
  const bytes = await readMost(response.body)
  const total = Number(/\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '')?.[1] ?? bytes.length)
  if (bytes.includes(0)) throw new Error('not a text')
  return { text: decode(bytes), cut: total > MOST || bytes.length > MOST }
}

async function readMost(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  const reader = body.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value)
    size += part.value.length
    if (size > MOST) {
      await reader.cancel()
      break
    }
  }
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer())
}

/** UTF-8; what is none comes most often from Korean Windows. The last character may have been cut in the middle. */
function decode(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    return decoder.decode(bytes, { stream: true })
  } catch {
    return new TextDecoder('euc-kr').decode(bytes)
  }
}
