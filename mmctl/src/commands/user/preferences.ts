import type { PreferenceType } from '@mattermost/types/preferences'
import type { Action, Context } from '../../cli/command.ts'
import { forEach } from '../../each.ts'
import { findUser } from '../../resolve/user.ts'

/** Prints preferences of accounts, of one category or all. */
export const list: Action = async (context) => {
  const category = context.flags.text('category')
  const path = category ? `/${encodeURIComponent(category)}` : ''
  const show = shower(context)
  await eachUser(context, async (api, id) => {
    for (const one of await api.call<PreferenceType[]>('GET', `/users/${id}/preferences${path}`)) show(one)
  })
}

/** Prints one preference of accounts. */
export const get: Action = async (context) => {
  const { category, name } = keyOf(context)
  const path = `/${encodeURIComponent(category)}/name/${encodeURIComponent(name)}`
  const show = shower(context)
  await eachUser(context, async (api, id) => show(await api.call('GET', `/users/${id}/preferences${path}`)))
}

/** Sets one preference of accounts. */
export const set: Action = async (context) => {
  const { category, name } = keyOf(context)
  await eachUser(context, async (api, id, arg) => {
    const preference = { user_id: id, category, name, value: context.flags.text('value') }
    await api.call('PUT', `/users/${id}/preferences`, [preference])
    context.out.print(`Preference ${category} ${name} for ${arg} updated successfully`)
  })
}

/** Puts one preference of accounts back to what it is without being set. */
export const remove: Action = async (context) => {
  const { category, name } = keyOf(context)
  await eachUser(context, async (api, id, arg) => {
    await api.call('POST', `/users/${id}/preferences/delete`, [{ user_id: id, category, name }])
    context.out.print(`Preference ${category} ${name} for ${arg} deleted successfully`)
  })
}

const keyOf = ({ flags }: Context) => ({ category: flags.text('category'), name: flags.text('name') })

type Work = (api: Awaited<ReturnType<Context['connect']>>['api'], id: string, arg: string) => Promise<void>

async function eachUser({ args, connect }: Context, work: Work): Promise<void> {
  const { api } = await connect()
  await forEach(args, async (arg) => work(api, (await findUser(api, arg)).id, arg))
}

/** Prints one block for each preference; all but the first begin with a line of dashes. */
function shower({ out }: Context): (one: PreferenceType) => void {
  let line = ''
  return (one) => {
    const block = [`user_id: ${one.user_id}`, `category: ${one.category}`, `name: ${one.name}`, `value: ${one.value}`]
    out.print(line + block.join('\n'), one)
    line = `${'-'.repeat(30)}\n`
  }
}
