import type { Audience, ServerEvent } from './events.ts'

/**
 * An event as bytes, without its sequence number: encoded once and shared by all connections, because the
 * sequence number is the only thing that differs between them.
 */
export type EncodedEvent = Buffer

const mapOf = (users: readonly string[] | undefined): Record<string, true> | null =>
  users && users.length > 0 ? Object.fromEntries(users.map((user) => [user, true])) : null

/** The broadcast object that clients read; all six keys are always there. */
function broadcastOf(to: Audience): object {
  return {
    omit_users: mapOf(to.omitUsers),
    user_id: to.userId ?? '',
    channel_id: to.channelId ?? '',
    team_id: to.teamId ?? '',
    connection_id: to.connectionId ?? '',
    omit_connection_id: to.omitConnectionId ?? '',
    ...(to.sanitized && { contains_sanitized_data: true }),
    ...(to.sensitive && { contains_sensitive_data: true }),
  }
}

/** Encodes an event with `data` (the event's own, or that of one recipient) up to its sequence number. */
export function encodeEvent(event: ServerEvent, data: object): EncodedEvent {
  const text = JSON.stringify({ event: event.name, data, broadcast: broadcastOf(event.to) })
  return Buffer.from(`${text.slice(0, -1)},"seq":`)
}

/**
 * Complete WebSocket text frames (RFC 6455 §5.2, unmasked, final) of consecutive events, the first with sequence number
 * `seq`, in one buffer: they leave in one write.
 */
export function eventFrames(events: readonly EncodedEvent[], seq: number): Buffer {
  const tails = events.map((_, i) => `${seq + i}}`)
  const sizes = events.map((encoded, i) => encoded.length + tails[i]!.length)
  const frames = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + headerSize(size) + size, 0))
  let at = 0
  events.forEach((encoded, i) => {
    at = writeHeader(frames, at, sizes[i]!)
    at += encoded.copy(frames, at)
    at += frames.write(tails[i]!, at, 'latin1')
  })
  return frames
}

/** A complete text frame of one message. */
export function textFrame(text: string): Buffer {
  const size = Buffer.byteLength(text)
  const frame = Buffer.allocUnsafe(headerSize(size) + size)
  frame.write(text, writeHeader(frame, 0, size))
  return frame
}

const headerSize = (size: number): number => (size < 126 ? 2 : size < 65_536 ? 4 : 10)

/** Answers where the payload begins. */
function writeHeader(frame: Buffer, at: number, size: number): number {
  const header = headerSize(size)
  frame[at] = 0x81
  frame[at + 1] = header === 2 ? size : header === 4 ? 126 : 127
  if (header === 4) frame.writeUInt16BE(size, at + 2)
  if (header === 10) frame.writeBigUInt64BE(BigInt(size), at + 2)
  return at + header
}
