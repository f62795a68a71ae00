/** Words that Outpost reads. */
export const ownWords: ReadonlySet<string> = new Set(
  `mattermost mattermost_nginx mattermost_external_url external_url letsencrypt logging logrotate nginx postgresql
   gitlab_rails user web_server manage_accounts package puma`.split(/\s+/),
)

/** GitLab's other words, of all releases since 8.0: they may stand in the file and mean nothing here. */
const foreignWords = `alertmanager bootstrap consul crond deploy_page geo_logcursor geo_postgresql geo_primary_role
  geo_secondary geo_secondary_role gitaly git_data_dir git_data_dirs gitlab_ci gitlab_exporter gitlab_kas
  gitlab_kas_external_url gitlab_monitor gitlab_pages gitlab_shell gitlab_sshd gitlab_workhorse gitlab_git_http_server
  gitlab_backup_cli grafana high_availability ci_external_url ci_nginx ci_redis ci_sidekiq ci_unicorn incoming_email
  influxdb mailroom mysql node_exporter oak omnibus_gitconfig pages_external_url pages_nginx patroni pgbouncer
  pgbouncer_exporter pgbouncer_user postgres_exporter praefect prometheus prometheus_monitoring redis redis_exporter
  redis_master_role redis_sentinel_role redis_slave_role redis_ha registry registry_external_url registry_nginx
  remote_syslog repmgr repmgrd role roles runtime_dir sentinel sentry service_desk_email sidekiq sidekiq_cluster spamcheck
  storage_check suggested_reviewers unicorn gitlab_kas_nginx oauth_external_url high_availability_role zoekt
  topology_service openbao openbao_external_url iam_auth_service edition default_sidekiq_cluster`.split(/\s+/)

/** Every word that may stand at the start of a line of gitlab.rb. */
export const knownWords: ReadonlySet<string> = new Set([...ownWords, ...foreignWords])

/** The word of `among` that `word` was probably meant to be: at most two letters away, one in short words. */
export function nearest(word: string, among: Iterable<string>): string | undefined {
  const limit = word.length < 8 ? 1 : 2
  let best: { word: string; away: number } | undefined
  for (const other of among) {
    if (Math.abs(other.length - word.length) > limit) continue
    const away = distance(word, other)
    if (away > 0 && away <= limit && away < (best?.away ?? Infinity)) best = { word: other, away }
  }
  return best?.word
}

/** Letters to insert, remove, change or swap to make one word of the other. */
function distance(left: string, right: string): number {
  const rows = [Array.from({ length: right.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= left.length; i++) {
    const row = [i]
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1] ? 0 : 1
      row[j] = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same)
      if (left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1])
        row[j] = Math.min(row[j]!, rows[i - 2]![j - 2]! + 1)
    }
    rows.push(row)
  }
  return rows[left.length]![right.length]!
}
