import { crc32, inflateRawSync } from 'node:zlib'

/** The files of a zip archive, by the directory at its end; each must agree with its checksum. */
export function unzip(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06'))
  const files = new Map<string, Buffer>()
  for (let at = bytes.readUInt32LE(end + 16), left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [method, checksum, packed] = [10, 16, 20].map((offset) => bytes.readUInt32LE(at + offset))
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset))
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength!)
    const local = bytes.readUInt32LE(at + 42)
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const content = bytes.subarray(from, from + packed!)
    const file = (method! & 0xffff) === 8 ? inflateRawSync(content) : content
    if (crc32(file) !== checksum) throw new Error(`${name} is damaged`)
    files.set(name, file)
    at += 46 + nameLength! + extra! + comment!
  }
  return files
}
