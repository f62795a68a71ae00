import type { Box } from './box.fixture.ts'

const PASSWORD = 'eleven-green-apples'

/** Somebody who uses the chat of a box, from within the box and through its nginx. */
export class Chat {
  readonly #box: Box
  readonly #site: string
  #token = ''

  constructor(box: Box, site = 'https://chat.corp.test') {
    this.#box = box
    this.#site = site
  }

  /** The first account, Anna, and a team of hers. */
  async begin(): Promise<void> {
    await this.send('POST', '/users', { username: 'anna', email: 'anna@corp.test', password: PASSWORD })
    await this.signIn()
    await this.send('POST', '/teams', { name: 'garden', display_name: 'Garden', type: 'O' })
  }

  /** With her password, as somebody who was away. */
  async signIn(): Promise<void> {
    const body = JSON.stringify({ login_id: 'anna', password: PASSWORD })
    const headers = await this.#curl(
      `-D - -o /dev/null -X POST --data-binary @- ${this.#site}/api/v4/users/login`,
      body,
    )
    this.#token = /^token: (\S+)/im.exec(headers)?.[1] ?? ''
    if (this.#token === '') throw new Error(`Anna cannot sign in:\n${headers}`)
  }

  async send(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const data = body === undefined ? '' : '--data-binary @-'
    const text = await this.#curl(`-X ${method} ${data} ${this.#site}/api/v4${path}`, JSON.stringify(body))
    const answer = JSON.parse(text) as Record<string, unknown>
    if (typeof answer.status_code === 'number') throw new Error(`${method} ${path}: ${text}`)
    return answer
  }

  /** Writes into the team's channel, with a file if there is one; answers the file's id. */
  async post(message: string, file?: Buffer): Promise<string> {
    const channel_id = await this.#channel()
    const file_ids: string[] = []
    if (file) {
      await this.#box.succeed('base64 -d >/tmp/picture.bin', { input: file.toString('base64') })
      const form = `-F channel_id=${channel_id} -F files=@/tmp/picture.bin`
      const { file_infos } = JSON.parse(await this.#curl(`${form} ${this.#site}/api/v4/files`)) as {
        file_infos: { id: string }[]
      }
      file_ids.push(file_infos[0]!.id)
    }
    await this.send('POST', '/posts', { channel_id, message, file_ids })
    return file_ids[0] ?? ''
  }

  /** What people wrote into the team's channel, the newest first. */
  async messages(): Promise<string[]> {
    const { order, posts } = (await this.send('GET', `/channels/${await this.#channel()}/posts`)) as {
      order: string[]
      posts: Record<string, { message: string; type: string }>
    }
    return order.map((id) => posts[id]!).flatMap(({ type, message }) => (type === '' ? [message] : []))
  }

  async download(file: string): Promise<Buffer> {
    return Buffer.from(await this.#curl(`${this.#site}/api/v4/files/${file}`, undefined, '| base64'), 'base64')
  }

  /** One value of the chat's database. */
  async sql(text: string): Promise<string> {
    return (await this.#box.succeed('outpost-psql -X -At', { input: text })).trim()
  }

  async #channel(): Promise<string> {
    const { id } = await this.send('GET', '/teams/name/garden')
    return String((await this.send('GET', `/teams/${String(id)}/channels/name/town-square`)).id)
  }

  #curl(rest: string, input?: string, after = ''): Promise<string> {
    const signed = this.#token === '' ? '' : `-H 'Authorization: Bearer ${this.#token}'`
    return this.#box.succeed(`curl -sk ${signed} ${rest} ${after}`, { input })
  }
}
