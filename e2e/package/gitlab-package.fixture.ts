import type { Box } from './box.fixture.ts'

/** GitLab's database, as the GitLab on the other end of the cable reaches it. */
export const gitlabDatabase = (box: Box): string =>
  `postgres://gitlab@${box.address}:5432/gitlabhq_production?sslmode=disable`

const BIN = '/opt/gitlab/embedded/bin'
const HOME = '/var/opt/gitlab/mattermost'
const ENV = '/opt/gitlab/etc/mattermost/env'

/**
 * Makes the box what GitLab's package leaves behind, as far as a chat touches it: accounts, programs, PostgreSQL with
 * its access rules, nginx, supervision. `version` is GitLab's.
 */
export async function installGitLab(box: Box, version: string): Promise<void> {
  await box.write('/opt/gitlab/embedded/service/gitlab-rails/VERSION', `${version}\n`)
  await box.succeed(ACCOUNTS_AND_PROGRAMS)
  await box.write('/usr/bin/gitlab-ctl', CTL, '0755')
  await writeSecrets(box)
  await writeDatabase(box)
  await writeNginx(box)
  box.start('exec runsvdir -P /opt/gitlab/service >/dev/null 2>&1')
  await box.succeed(`until ${PSQL} -c 'SELECT 1' >/dev/null 2>&1; do sleep 0.1; done`)
  await box.succeed(`${PSQL} -q -c 'CREATE ROLE gitlab LOGIN' -c 'CREATE DATABASE gitlabhq_production OWNER gitlab'`)
}

/** Writes gitlab-secrets.json: GitLab's own, and the chat's section where there is one. */
export async function writeSecrets(box: Box, chat?: Readonly<Record<string, unknown>>): Promise<void> {
  const all = { gitlab_rails: { db_key_base: 'of no concern to a chat' }, ...(chat && { mattermost: chat }) }
  await box.write('/etc/gitlab/gitlab-secrets.json', JSON.stringify(all, null, 2), '0600')
}

/** Waits until a chat server answers at the usual place. */
export const chatAnswers = (box: Box): Promise<string> =>
  box.succeed('until curl -sf http://127.0.0.1:8065/api/v4/system/ping; do sleep 0.2; done')

/**
 * What a database of Mattermost 10.11 holds, and nothing that a newer server added: our own server wrote it, whose
 * first migration is that schema to the letter.
 */
export const forgetOutpost = (box: Box): Promise<string> =>
  box.succeed(`${PSQL} -q -d mattermost_production -c 'DROP SCHEMA outpost CASCADE'`)

const PSQL = `cd / && chpst -u gitlab-psql:gitlab-psql ${BIN}/psql -X -h /var/opt/gitlab/postgresql -d postgres`

const ACCOUNTS_AND_PROGRAMS = `set -e
account() { getent passwd "$1" >/dev/null || useradd --system --user-group --shell "$2" --home-dir "$3" "$1"; }
account git /bin/sh /var/opt/gitlab
account gitlab-www /bin/false /var/opt/gitlab/nginx
account gitlab-psql /bin/sh /var/opt/gitlab/postgresql
account mattermost /usr/sbin/nologin ${HOME}
mkdir -p ${BIN} /opt/gitlab/embedded/sbin /opt/gitlab/sv /opt/gitlab/service /var/log/gitlab/nginx
ln -sf /usr/lib/postgresql/*/bin/* $(which sv chpst svlogd runsv runsvdir) ${BIN}/
ln -s "$(command -v nginx)" /opt/gitlab/embedded/sbin/`

/** What of gitlab-ctl people type here. */
const CTL = `#!/bin/sh
SVWAIT=30 exec sv "$1" /opt/gitlab/service/"\${2:?a service}"
`

/** Makes runit know a service of GitLab's. */
async function service(box: Box, name: string, lines: string): Promise<void> {
  await box.write(`/opt/gitlab/sv/${name}/run`, `#!/bin/sh\nexec 2>&1\n${lines}\n`, '0755')
  await box.succeed(`ln -s /opt/gitlab/sv/${name} /opt/gitlab/service/`)
}

/** With the access rules of GitLab 18: the account of the chat may enter as its role. */
async function writeDatabase(box: Box): Promise<void> {
  const data = '/var/opt/gitlab/postgresql/data'
  await box.succeed(`set -e
install -d -m 0755 -o gitlab-psql -g root /var/opt/gitlab/postgresql && cd /
chpst -u gitlab-psql:gitlab-psql ${BIN}/initdb -D ${data} --auth=peer --encoding=UTF8 --locale=C.UTF-8 --no-sync >/dev/null
cat >>${data}/postgresql.conf <<END
listen_addresses = '${box.address}'
unix_socket_directories = '/var/opt/gitlab/postgresql'
fsync = off
END
cat >${data}/pg_hba.conf <<END
local all all peer map=gitlab
host gitlabhq_production gitlab ${box.hostAddress}/32 trust
END
printf '%s\\n' 'gitlab git gitlab' 'gitlab mattermost gitlab_mattermost' 'gitlab /^(.*)$ \\1' >${data}/pg_ident.conf`)
  const account = '-u gitlab-psql:gitlab-psql -U gitlab-psql:gitlab-psql'
  await service(box, 'postgresql', `exec chpst -P ${account} ${BIN}/postgres -D ${data}`)
}

/** As of 18.5, with what it always declares for a chat of its own. */
async function writeNginx(box: Box): Promise<void> {
  const home = '/var/opt/gitlab/nginx'
  await box.write(
    `${home}/conf/nginx.conf`,
    `user gitlab-www gitlab-www;
error_log stderr;
pid nginx.pid;
daemon off;
events { worker_connections 64; }
http {
  log_format gitlab_mattermost_access '$remote_addr "$filtered_request_uri" $status';
  map $http_upgrade $connection_upgrade { default upgrade; '' close; }
  map $request_uri $filtered_request_uri { default $request_uri; }
  include upstream_definitions/*.conf;
  include service_conf/*.conf;
}
`,
  )
  await box.succeed(`mkdir -p ${home}/logs ${home}/conf/service_conf ${home}/conf/upstream_definitions ${home}/www
chown root:gitlab-www ${home} && chmod 0750 ${home}`)
  await service(box, 'nginx', `exec chpst -P /opt/gitlab/embedded/sbin/nginx -p ${home} -c ${home}/conf/nginx.conf`)
}

/**
 * Switches the package's own chat on, as its reconfigure would: secrets, database, folders, environment, host, service.
 * `gitlab` is the address of GitLab.
 */
export async function startBundledChat(
  box: Box,
  gitlab: string,
  secrets: Readonly<Record<string, unknown>>,
): Promise<void> {
  await writeSecrets(box, secrets)
  await box.succeed(
    `${PSQL} -q -c 'CREATE ROLE gitlab_mattermost LOGIN' -c 'CREATE DATABASE mattermost_production OWNER gitlab_mattermost'`,
  )
  for (const [name, value] of Object.entries(environment(gitlab, secrets))) await box.write(`${ENV}/${name}`, value)
  await box.succeed(
    `install -d -o mattermost -g root ${HOME} ${HOME}/data ${HOME}/plugins ${HOME}/client-plugins /var/log/gitlab/mattermost`,
  )
  await box.write(`${HOME}/VERSION`, '10.11.13\n')
  await box.write(
    `${BIN}/mattermost`,
    `#!/bin/sh
cd /opt/outpost && OUTPOST_HOME=${HOME} MM_CONFIG=${HOME}/config.json \\
  exec bin/node --disable-warning=ExperimentalWarning server/src/main.ts
`,
    '0755',
  )
  await box.write('/var/opt/gitlab/nginx/conf/service_conf/gitlab-mattermost.conf', HOST)
  const account = '-u mattermost:mattermost -U mattermost:mattermost'
  await service(box, 'mattermost', `exec ${BIN}/chpst -e ${ENV} -P ${account} ${BIN}/mattermost`)
  await box.succeed('gitlab-ctl hup nginx')
  await chatAnswers(box)
}

/** The chat's host in GitLab's nginx. */
const HOST = `upstream gitlab_mattermost { server 127.0.0.1:8065; }
server {
  listen *:443 ssl;
  server_name chat.corp.test;
  ssl_certificate /etc/gitlab/ssl/chat.corp.test.crt;
  ssl_certificate_key /etc/gitlab/ssl/chat.corp.test.key;
  access_log /var/log/gitlab/nginx/gitlab_mattermost_access.log gitlab_mattermost_access;
  location / { proxy_set_header Host $http_host; proxy_pass http://gitlab_mattermost; }
}
`

/** What the package tells its chat server, one file for each variable. */
function environment(gitlab: string, secrets: Readonly<Record<string, unknown>>): Record<string, string> {
  return {
    MM_SERVICESETTINGS_SITEURL: 'https://chat.corp.test',
    MM_SERVICESETTINGS_LISTENADDRESS: '127.0.0.1:8065',
    MM_SERVICESETTINGS_ALLOWEDUNTRUSTEDINTERNALCONNECTIONS: ' gitlab.corp.test',
    MM_TEAMSETTINGS_SITENAME: 'GitLab Mattermost',
    MM_SQLSETTINGS_DRIVERNAME: 'postgres',
    MM_SQLSETTINGS_DATASOURCE:
      'user=gitlab_mattermost host=/var/opt/gitlab/postgresql port=5432 dbname=mattermost_production',
    MM_SQLSETTINGS_ATRESTENCRYPTKEY: String(secrets.sql_at_rest_encrypt_key),
    MM_FILESETTINGS_DIRECTORY: `${HOME}/data`,
    MM_LOGSETTINGS_FILELOCATION: '/var/log/gitlab/mattermost',
    MM_PLUGINSETTINGS_DIRECTORY: `${HOME}/plugins`,
    MM_PLUGINSETTINGS_CLIENTDIRECTORY: `${HOME}/client-plugins`,
    MM_GITLABSETTINGS_ENABLE: String(secrets.gitlab_enable),
    MM_GITLABSETTINGS_ID: String(secrets.gitlab_id),
    MM_GITLABSETTINGS_SECRET: String(secrets.gitlab_secret),
    MM_GITLABSETTINGS_SCOPE: '',
    MM_GITLABSETTINGS_AUTHENDPOINT: `${gitlab}/oauth/authorize`,
    MM_GITLABSETTINGS_TOKENENDPOINT: `${gitlab}/oauth/token`,
    MM_GITLABSETTINGS_USERAPIENDPOINT: `${gitlab}/api/v4/user`,
    MM_INSTALL_TYPE: 'gitlab_omnibus',
  }
}
