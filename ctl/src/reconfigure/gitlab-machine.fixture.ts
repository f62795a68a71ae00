import { execFile, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { startGitLab, type TestGitLab } from '../../../testkit/gitlab/index.ts'
import { programFolder } from '../postgresql/programs.ts'
import { findUser } from '../resources/accounts.ts'
import type { TestBox } from './test-box.fixture.ts'

const run = promisify(execFile)

/** Everybody enters under the name of the unix account. */
const IDENTITY = String.raw`gitlab /^(.*)$ \1`

interface Cluster {
  readonly bin: string
  readonly data: string
  readonly uid: number
  readonly gid: number
}

/**
 * Makes a box a machine with GitLab's package: its PostgreSQL with GitLab's database and the access rules of 18.11,
 * its nginx under its own supervision, and a GitLab that people sign in to.
 */
export class GitLabMachine {
  readonly #box: TestBox
  readonly #pg: Cluster
  gitlab: TestGitLab | undefined
  #supervisor: number | undefined

  private constructor(box: TestBox, cluster: Cluster) {
    this.#box = box
    this.#pg = cluster
  }

  static async create(box: TestBox): Promise<GitLabMachine> {
    mkdirSync(box.path('/opt/gitlab/embedded/service/gitlab-rails'), { recursive: true })
    await run('useradd', ['--system', '--user-group', '--shell', '/bin/sh', `${box.name}-pg`])
    await run('useradd', ['--system', '--user-group', '--shell', '/bin/false', `${box.name}-www`])
    const { uid, gid } = (await findUser(`${box.name}-pg`))!
    const data = box.path('/var/opt/gitlab/postgresql/data')
    mkdirSync(data, { recursive: true })
    for (const folder of [data, join(data, '..')]) chownSync(folder, uid, gid)
    const machine = new GitLabMachine(box, { bin: await programFolder('initdb', data), data, uid, gid })
    await machine.#startPostgres()
    await machine.#startNginx()
    return machine
  }

  async #startPostgres(): Promise<void> {
    const { bin, data, uid, gid } = this.#pg
    const { name, ports } = this.#box
    const how = { uid, gid, cwd: '/' }
    await run(join(bin, 'initdb'), ['-D', data, '--auth=peer', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'], how)
    writeFileSync(join(data, 'pg_hba.conf'), 'local all all peer map=gitlab\nhost all gitlab,chat 127.0.0.1/32 trust\n')
    writeFileSync(join(data, 'pg_ident.conf'), `gitlab ${name} gitlab_mattermost\n${IDENTITY}\n`)
    const options = `-k ${join(data, '..')} -p ${ports.postgresql} -c listen_addresses=127.0.0.1 -c fsync=off`
    await run(join(bin, 'pg_ctl'), ['-D', data, '-w', '-s', '-l', join(data, 'log'), '-o', options, 'start'], how)
    await this.administer('CREATE ROLE gitlab LOGIN', 'CREATE DATABASE gitlabhq_production OWNER gitlab')
    await this.administer('CREATE ROLE chat LOGIN', 'CREATE DATABASE chat OWNER chat')
    this.gitlab = await startGitLab({ dataSource: this.database('gitlab', 'gitlabhq_production') })
  }

  /** Runs statements as PostgreSQL's superuser. */
  async administer(...statements: string[]): Promise<void> {
    const { bin, data, uid, gid } = this.#pg
    const place = ['-h', join(data, '..'), '-p', String(this.#box.ports.postgresql), '-d', 'postgres']
    const commands = statements.flatMap((statement) => ['-c', statement])
    await run(join(bin, 'psql'), ['-X', '-q', ...place, ...commands], { uid, gid, cwd: '/' })
  }

  /** What GitLab 19 does to its PostgreSQL in the first run. */
  async forgetChat(): Promise<void> {
    const { bin, data, uid, gid } = this.#pg
    writeFileSync(join(data, 'pg_ident.conf'), `${IDENTITY}\n`)
    await run(join(bin, 'pg_ctl'), ['-D', data, 'reload'], { uid, gid, cwd: '/' })
  }

  /** A data source on this PostgreSQL, by TCP. */
  database(user: string, name: string): string {
    return `postgres://${user}@127.0.0.1:${this.#box.ports.postgresql}/${name}?sslmode=disable`
  }

  /** Rows of GitLab's database. */
  async query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
    const client = new pg.Client(this.database('gitlab', 'gitlabhq_production').replace('?sslmode=disable', ''))
    await client.connect()
    try {
      return (await client.query<Row>(sql)).rows
    } finally {
      await client.end()
    }
  }

  /** GitLab's nginx as of 18.5: it reads every host in service_conf, and still knows its own chat. */
  async #startNginx(): Promise<void> {
    const box = this.#box
    const home = box.path('/var/opt/gitlab/nginx')
    mkdirSync(box.path('/opt/gitlab/embedded/sbin'), { recursive: true })
    symlinkSync('/usr/sbin/nginx', box.path('/opt/gitlab/embedded/sbin/nginx'))
    mkdirSync(join(home, 'conf/service_conf'), { recursive: true })
    mkdirSync(box.path('/var/log/gitlab/nginx'), { recursive: true })
    const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (kind) => `${kind}_temp_path ${home}/${kind};`,
    )
    box.write(
      '/var/opt/gitlab/nginx/conf/nginx.conf',
      `daemon off;
pid ${home}/nginx.pid;
error_log stderr;
events { worker_connections 64; }
http {
  access_log off;
  log_format gitlab_mattermost_access '$remote_addr "$filtered_request_uri"';
  map $http_upgrade $connection_upgrade { default upgrade; '' close; }
  map $request_uri $filtered_request_uri { default $request_uri; }
  ${places.join('\n  ')}
  server { listen 127.0.0.1:${box.ports.tls}; return 200 gitlab; }
  include ${home}/conf/service_conf/*.conf;
}
`,
    )
    box.write(
      '/var/opt/gitlab/nginx/conf/service_conf/gitlab-mattermost.conf',
      `upstream gitlab_mattermost { server 127.0.0.1:${box.ports.service}; }\n`,
    )
    box.write('/opt/gitlab/sv/nginx/run', `#!/bin/sh\nexec nginx -p ${home} -c ${home}/conf/nginx.conf\n`)
    chmodSync(box.path('/opt/gitlab/sv/nginx/run'), 0o755)
    mkdirSync(box.path('/opt/gitlab/service'))
    symlinkSync(box.path('/opt/gitlab/sv/nginx'), box.path('/opt/gitlab/service/nginx'))
    const child = spawn('runsvdir', ['-P', box.path('/opt/gitlab/service')], { detached: true, stdio: 'ignore' })
    this.#supervisor = child.pid
    child.unref()
  }

  async dispose(): Promise<void> {
    await this.gitlab?.close()
    if (this.#supervisor !== undefined) process.kill(this.#supervisor, 'SIGHUP')
    const { bin, data, uid, gid } = this.#pg
    await run(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', '-w', 'stop'], { uid, gid, cwd: '/' }).catch(
      () => undefined,
    )
  }
}
