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

/** A complete WebSocket text frame (RFC 6455 §5.2, unmasked, final) of an encoded event with its sequence number. */
export function eventFrame(encoded: EncodedEvent, seq: number): Buffer {
  const tail = `${seq}}`
  const length = encoded.length + tail.length
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(header + length)
  frame[0] = 0x81
  if (header === 2) frame[1] = length
  else if (header === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  encoded.copy(frame, header)
  frame.write(tail, header + encoded.length, 'latin1')
  return frame
}
