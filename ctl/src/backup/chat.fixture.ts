import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { TestBox } from '../reconfigure/test-box.fixture.ts'
import { installation } from '../services/places.ts'

const PASSWORD = 'thirteen-red-pears'

/** A whole chat that runs below a folder: real accounts, PostgreSQL, services; and somebody who uses it. */
export class ChatBox {
  readonly box: TestBox
  token = ''
  #channel = ''

  private constructor(box: TestBox) {
    this.box = box
  }

  /** Ready for use: one administrator, one team. nginx is left out. */
  static async create(more = ''): Promise<ChatBox> {
    const box = await TestBox.create()
    const chat = new ChatBox(box)
    box.settings(settingsOf(box, more))
    const { code, err } = await box.run(['reconfigure'])
    if (code !== 0) throw new Error(err)
    await chat.settle()
    return chat
  }

  /** A chat in a box that somebody else has prepared. */
  static in(box: TestBox): ChatBox {
    return new ChatBox(box)
  }

  get api(): string {
    return `http://127.0.0.1:${this.box.ports.service}/api/v4`
  }

  /** The first account, a team, and the channel that people write into. */
  async settle(): Promise<void> {
    await this.send('POST', '/users', { username: 'anna', email: 'anna@example.com', password: PASSWORD })
    await this.signIn()
    const team = await this.send('POST', '/teams', { name: 'garden', display_name: 'Garden', type: 'O' })
    const channel = await this.send('GET', `/teams/${String(team.id)}/channels/name/town-square`)
    this.#channel = String(channel.id)
  }

  /** With the password, as somebody who was away. */
  async signIn(): Promise<void> {
    this.token = ''
    const answer = await this.request('POST', '/users/login', { login_id: 'anna', password: PASSWORD })
    this.token = answer.headers.get('token') ?? ''
  }

  async request(method: string, path: string, body?: unknown): Promise<Response> {
    const isForm = body instanceof FormData
    return fetch(this.api + path, {
      method,
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      },
      body: isForm ? body : body === undefined ? undefined : JSON.stringify(body),
    })
  }

  async send(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const answer = await this.request(method, path, body)
    const content = (await answer.json()) as Record<string, unknown>
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(content)}`)
    return content
  }

  /** Writes a post, with a file if there is one; answers the post's id. */
  async post(message: string, file?: Buffer): Promise<string> {
    const file_ids = file ? [await this.upload(file)] : []
    return String((await this.send('POST', '/posts', { channel_id: this.#channel, message, file_ids })).id)
  }

  async upload(content: Buffer): Promise<string> {
    const form = new FormData()
    form.set('channel_id', this.#channel)
    form.set('files', new Blob([new Uint8Array(content)]), `${randomBytes(4).toString('hex')}.bin`)
    const { file_infos } = (await this.send('POST', '/files', form)) as { file_infos: { id: string }[] }
    return file_infos[0]!.id
  }

  /** All messages that people wrote, the newest first. */
  async messages(): Promise<string[]> {
    const { order, posts } = (await this.send('GET', `/channels/${this.#channel}/posts?per_page=200`)) as {
      order: string[]
      posts: Record<string, { message: string; type: string }>
    }
    return order.map((id) => posts[id]!).flatMap(({ type, message }) => (type === '' ? [message] : []))
  }

  /** Goes on writing posts with files until told to stop; answers how many were acknowledged. */
  keepWriting(): { stop: () => Promise<number> } {
    let isOver = false
    let count = 0
    const work = (async () => {
      while (!isOver) {
        await this.post(`while ${count}`, randomBytes(2000))
        count++
      }
    })()
    return {
      stop: async () => {
        isOver = true
        await work
        return count
      },
    }
  }

  /** Waits until the chat answers. */
  async healthy(): Promise<void> {
    for (;;) {
      const answer = await fetch(`${this.api}/system/ping`).catch(() => undefined)
      if (answer?.ok) return
      await sleep(50)
    }
  }

  /** Somebody who is in the database until `end` is called. */
  async visitor(): Promise<{ end: () => Promise<unknown> }> {
    const env = { ...process.env, OUTPOST_ROOT: this.box.root }
    const child = spawn(join(installation, 'bin/outpost-ctl'), ['psql', '-X', '-q'], { env, stdio: 'pipe' })
    const ended = new Promise((done) => child.once('exit', done))
    child.stdin.write('\\echo here\n')
    await new Promise((done) => child.stdout.once('data', done))
    return { end: () => (child.stdin.end(), ended) }
  }

  /** Runs SQL as the cluster's superuser; answers what psql prints. */
  async sql(text: string, database = 'mattermost_production'): Promise<string> {
    const { code, out, err } = await this.box.run(['psql', '-X', '-A', '-t', '-q', '-d', database, '-c', text])
    if (code !== 0) throw new Error(err)
    return out.trim()
  }
}

/** One socket for mmctl is not enough for several chats on a machine. */
const settingsOf = (box: TestBox, more: string): string => `mattermost_external_url 'http://localhost:${box.ports.web}'
nginx['enable'] = false
mattermost['env'] = { 'MM_SERVICESETTINGS_ENABLELOCALMODE' => 'false' }
${more}`
