import type { Tx } from '../../database/unit-of-work.ts'
import type { Mail } from './mail.ts'
import { insertMailTask } from './mail-tasks.store.ts'

/** A mail without the time at which it was queued. */
export type DueMail = Mail extends infer Each ? (Each extends Mail ? Omit<Each, 'queuedAt'> : never) : never

/**
 * Queues a mail in the transaction of what it tells about: it is sent if, and only if, that is committed, however often the
 * server or the mail server is down meanwhile.
 */
export async function enqueueMail(tx: Tx, mail: DueMail): Promise<void> {
  await insertMailTask(tx.db, { ...mail, queuedAt: Date.now() } as Mail, keyOf(mail))
}

/** Strangers ask for these: a mailbox gets one of them, with the link that still works, however often they did. */
function keyOf(mail: DueMail): string | null {
  return mail.kind === 'password_reset' || mail.kind === 'verify_email' ? `${mail.kind}:${mail.email}` : null
}
