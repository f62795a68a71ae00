import type { App } from '../app.ts'
import type { UserCore } from '../access/access.ts'
import { newId } from '../ids.ts'
import { findBotByName, insertBot } from './system-bot.store.ts'

/** A person may have taken the name before there was a bot of the system. */
const NAMES = ['system-bot', ...Array.from({ length: 9 }, (_, index) => `system-bot-${index + 2}`)]

/** The bot that writes direct messages for the server; made when it is first needed. Throws when all its names are taken. */
export async function systemBot(app: Pick<App, 'access' | 'db' | 'unitOfWork'>): Promise<UserCore> {
  for (const username of NAMES) {
    const id = (await findBotByName(app.db, username)) ?? (await make(app, username))
    const bot = id ? await app.access.user(id) : null
    if (bot) return bot
  }
  throw new Error('all names of the system bot are taken by people')
}

/** Makes the bot; another process may have been faster, or a person has the name: null then. */
async function make(app: Pick<App, 'db' | 'unitOfWork'>, username: string): Promise<string | null> {
  const id = newId()
  const made = await app.unitOfWork(async (tx) => {
    if (!(await insertBot(tx.db, id, username, Date.now()))) return false
    tx.changed({ kind: 'user', userId: id })
    return true
  })
  return made ? id : findBotByName(app.db, username)
}
