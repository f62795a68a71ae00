import { open } from 'node:fs/promises'

const CHUNK = 64 * 1024
const NEWLINE = 0x0a

/**
 * The lines of a file from its end to its beginning, without reading more than is asked for. Stops after `maxBytes`.
 * A last line that is still being written counts; empty ones do not. Throws as `open` does when there is no such file.
 */
export async function* linesBackwards(path: string, maxBytes: number): AsyncGenerator<string> {
  await using file = await open(path)
  const { size } = await file.stat()
  // Bytes of a line whose beginning is in front of what has been read, the last ones first.
  let rest: Buffer[] = []
  const stop = Math.max(0, size - maxBytes)
  for (let end = size; end > stop;) {
    const start = Math.max(stop, end - CHUNK)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start)
    // Somebody cut the file off meanwhile, as logrotate does.
    if (bytesRead < end - start) return
    let to = buffer.length
    for (let at = buffer.lastIndexOf(NEWLINE); at >= 0; at = at > 0 ? buffer.lastIndexOf(NEWLINE, at - 1) : -1) {
      const line = Buffer.concat([buffer.subarray(at + 1, to), ...rest]).toString()
      rest = []
      to = at
      if (line !== '') yield line
    }
    rest.unshift(buffer.subarray(0, to))
    end = start
  }
  const first = Buffer.concat(rest).toString()
  // Cut off in the middle, it would be no line.
  if (stop === 0 && first !== '') yield first
}
