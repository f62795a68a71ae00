import { randomBytes } from 'node:crypto'
import type { DataSource } from '../../server/src/database/data-source.ts'
import { startGitLab } from './index.ts'
import type { TestGitLab } from './index.ts'
import { newSecret } from './secrets.ts'

/** The address stays the same over restarts: accounts are bound to it. */
const DEFAULT_PORT = 8929
const PEOPLE = [
  { username: 'mina', name: 'Mina Seo', admin: true },
  { username: 'juno', name: 'Juno Park', admin: false },
]

/** A GitLab to try the sign-in with, beside a server that is about to start. */
export interface SampleGitLab {
  /** what the server must be started with; nothing of it is written to its configuration */
  readonly env: Record<string, string>
  /** Starts it on the running server's database, in a schema of its own. Answers what to tell the person. */
  start(server: { readonly url: string; readonly dataSource: DataSource }): Promise<string>
  close(): Promise<void>
}

/** Prepares the sample GitLab. Reachable from this machine only; OUTPOST_GITLAB_PORT chooses the port. */
export function sampleGitLab(env: NodeJS.ProcessEnv): SampleGitLab {
  const port = Number(env.OUTPOST_GITLAB_PORT ?? DEFAULT_PORT)
  const url = `http://127.0.0.1:${port}`
  const uid = 'outpost-sample'
  const secret = newSecret()
  let gitlab: TestGitLab | undefined
  return {
    env: {
      MM_GITLABSETTINGS_ENABLE: 'true',
      MM_GITLABSETTINGS_ID: uid,
      MM_GITLABSETTINGS_SECRET: secret,
      MM_GITLABSETTINGS_SCOPE: 'read_user',
      MM_GITLABSETTINGS_AUTHENDPOINT: `${url}/oauth/authorize`,
      MM_GITLABSETTINGS_TOKENENDPOINT: `${url}/oauth/token`,
      MM_GITLABSETTINGS_USERAPIENDPOINT: `${url}/api/v4/user`,
    },
    async start(server) {
      try {
        gitlab = await startGitLab({ port, dataSource: server.dataSource, schema: 'sample_gitlab' })
      } catch (error) {
        return `The sample GitLab cannot start (${(error as Error).message}). OUTPOST_GITLAB_PORT chooses another port.`
      }
      await gitlab.addApplication({ uid, secret, redirectUris: redirectUris(server.url, env), name: 'Outpost' })
      const lines = [`A sample GitLab is running at ${url}, registered with this server. Its people:`]
      for (const person of PEOPLE) lines.push(`  ${person.username}  ${await withNewPassword(gitlab, person)}`)
      return lines.join('\n')
    },
    close: async () => gitlab?.close(),
  }
}

/** People reach the server under several names; each is an address of its own to GitLab. */
function redirectUris(serverUrl: string, env: NodeJS.ProcessEnv): string[] {
  const { port } = new URL(serverUrl)
  const suffix = port && `:${port}`
  const sites = [
    serverUrl,
    `http://localhost${suffix}`,
    `http://127.0.0.1${suffix}`,
    env.MM_SERVICESETTINGS_SITEURL ?? '',
  ]
  return [...new Set(sites.filter(Boolean))].flatMap((site) =>
    ['signup', 'login'].map((name) => `${site.replace(/\/+$/, '')}/${name}/gitlab/complete`),
  )
}

/** Passwords are made anew at each start: nobody can know them from the source. */
async function withNewPassword(gitlab: TestGitLab, person: (typeof PEOPLE)[number]): Promise<string> {
  const password = randomBytes(9).toString('base64url')
  const known = await gitlab.userByName(person.username)
  if (known) await gitlab.changeUser(known.id, { password })
  else await gitlab.addUser({ ...person, email: `${person.username}@example.com`, password })
  return password
}
